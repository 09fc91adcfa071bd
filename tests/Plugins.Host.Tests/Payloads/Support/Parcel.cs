namespace Plugins.Host.Tests.Payloads.Support;

/// <summary>A payload with a part of each kind, and another of its kind inside.</summary>
internal sealed record Parcel
{
    public required int Id { get; init; }

    public string? Note { get; init; }

    public List<ParcelLine> Lines { get; init; } = [];

    public Dictionary<string, int> Stock { get; init; } = [];

    public Parcel? Previous { get; init; }

    internal static Parcel Nested(int depth) => new()
    {
        Id = depth,
        Note = "Grüße",
        Lines = [new("a", 1)],
        Previous = depth > 1 ? Nested(depth - 1) : null,
    };
}
