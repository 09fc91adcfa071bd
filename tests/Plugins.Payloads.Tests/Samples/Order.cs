namespace Plugins.Payloads.Tests.Samples;

public sealed record Order
{
    public required Guid Id { get; init; }

    public string? Note { get; init; }

    public OrderState State { get; init; }

    public DateTimeOffset Placed { get; init; }

    public double? Weight { get; init; }

    public byte[] Image { get; init; } = [];

    public List<OrderLine> Lines { get; init; } = [];

    public Dictionary<string, int> Stock { get; init; } = [];

    /// <summary>Orders within orders, so that depth is the document's.</summary>
    public Order? Previous { get; init; }
}
