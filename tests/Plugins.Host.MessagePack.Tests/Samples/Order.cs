namespace Plugins.Host.MessagePack.Tests.Samples;

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

    internal static Order Create(int seed = 1, int depth = 1) => new()
    {
        Id = new Guid(seed, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        Note = seed % 2 == 0 ? null : "Grüße an 漢字 🍺",
        State = OrderState.Paid,
        Placed = new DateTimeOffset(2026, 11, 21, 19, 50, 7, 123, TimeSpan.FromHours(-3.5)).AddTicks(seed),
        Weight = seed / 3.0,
        Image = [1, 2, 0xC1, 0xFF],
        Lines = [new("a", seed, 9.99m), new("b", -70_000, 0m)],
        Stock = new(StringComparer.Ordinal) { ["a"] = 1, ["b"] = 300 },
        Previous = depth > 1 ? Create(seed + 1, depth - 1) : null,
    };
}
