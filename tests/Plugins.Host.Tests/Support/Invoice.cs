using MessagePack;

namespace Plugins.Host.Tests.Support;

/// <summary>What the example plugin <c>invoice</c> answers, in hundredths of the currency.</summary>
[MessagePackObject]
public sealed record Invoice(
    [property: Key("customer")] string Customer,
    [property: Key("currency")] string Currency,
    [property: Key("lines")] int Lines,
    [property: Key("net")] long Net,
    [property: Key("tax")] long Tax,
    [property: Key("total")] long Total);
