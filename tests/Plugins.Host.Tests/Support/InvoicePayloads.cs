using System.Text.Json.Serialization;
using Plugins.Payloads;

namespace Plugins.Host.Tests.Support;

[PayloadOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[PayloadSerializable(typeof(Purchase))]
[PayloadSerializable(typeof(Invoice))]
internal sealed partial class InvoicePayloads : PayloadContext;
