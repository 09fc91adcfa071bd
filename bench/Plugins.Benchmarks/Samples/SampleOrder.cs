namespace Plugins.Benchmarks.Samples;

/// <summary>What services send one another: a few of everything.</summary>
public sealed class SampleOrder
{
    public Guid Id { get; init; }

    public required string Customer { get; init; }

    public string? Note { get; init; }

    public DateTimeOffset Placed { get; init; }

    public bool IsPaid { get; init; }

    public double Weight { get; init; }

    public required List<SampleLine> Lines { get; init; }

    public static SampleOrder Create(int seed) => new()
    {
        Id = new Guid(seed, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        Customer = $"customer-{seed % 97}@example.org",
        Note = seed % 3 == 0 ? "please ring twice" : null,
        Placed = new DateTimeOffset(2026, 11, 21, 19, 50, seed % 60, TimeSpan.FromHours(1)),
        IsPaid = seed % 2 == 0,
        Weight = seed / 8.0,
        Lines = [new("A-1001", seed % 5, 9.99m), new("B-20", 12, 100m), new("C-333", 1_000 + seed, 0.5m)],
    };
}
