using Plugins.Payloads.Converters.Collections;

namespace Plugins.Payloads.Tests.Samples;

internal sealed class SampleContext : PayloadContext
{
    private readonly OrderConverter _order = new();
    private readonly ListConverter<OrderLine> _lines = new(new OrderLineConverter());

    public override PayloadConverter<T>? GetConverter<T>() =>
        _order as PayloadConverter<T> ?? _lines as PayloadConverter<T>;
}
