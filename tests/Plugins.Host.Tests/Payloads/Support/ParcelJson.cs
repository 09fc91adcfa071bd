using System.Text.Json.Serialization;

namespace Plugins.Host.Tests.Payloads.Support;

[JsonSerializable(typeof(Parcel))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(Shelf))]
internal sealed partial class ParcelJson : JsonSerializerContext;
