using Plugins.Payloads;

namespace Plugins.Pdk.Tests.Guest;

[PayloadSerializable(typeof(Order))]
internal sealed partial class OrderPack : PayloadContext;
