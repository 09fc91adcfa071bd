using Plugins.Payloads;

namespace Plugins.Host.Tests.Support;

[PayloadSerializable(typeof(Order))]
internal sealed partial class OrderPayloads : PayloadContext;
