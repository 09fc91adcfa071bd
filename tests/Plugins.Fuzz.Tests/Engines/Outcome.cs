using System.Globalization;

namespace Plugins.Fuzz.Tests.Engines;

/// <summary>
/// A trap, or results bit by bit, two numbers for each vector; a reference is the number of the export it refers to.
/// </summary>
internal sealed record Outcome(Trap Trap, ulong[] Results)
{
    internal const ulong NullReference = 0;
    internal const ulong UnknownReference = ulong.MaxValue;

    /// <summary>One number for the two halves of a vector.</summary>
    internal static ulong Fold(ulong low, ulong high) => low ^ ulong.RotateLeft(high, 17);

    internal static Outcome Of(Trap trap) => new(trap, []);

    public bool Equals(Outcome? other) =>
        other is not null && Trap == other.Trap && Results.AsSpan().SequenceEqual(other.Results);

    public override int GetHashCode() => HashCode.Combine(Trap, Results.Length);

    public override string ToString() => Trap is Trap.None
        ? $"({string.Join(", ", Results.Select(bits => bits.ToString("x", CultureInfo.InvariantCulture)))})"
        : Trap.ToString();
}
