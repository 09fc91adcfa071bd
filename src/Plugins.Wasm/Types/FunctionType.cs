using System.Collections.Immutable;

namespace Plugins.Wasm.Types;

/// <summary>The parameters and results of a function; two are equal when both lists are.</summary>
/// <remarks>Immutable and safe for use by many threads. WebAssembly 2.0, section 2.3.6.</remarks>
public sealed class FunctionType : ExternType, IEquatable<FunctionType>
{
    private readonly int _hash;

    /// <summary>Describes a function from <paramref name="parameters"/> to <paramref name="results"/>.</summary>
    public FunctionType(ImmutableArray<ValueKind> parameters, ImmutableArray<ValueKind> results)
    {
        Parameters = parameters;
        Results = results;
        HashCode hash = default;
        foreach (ValueKind kind in parameters)
        {
            hash.Add(kind);
        }

        hash.Add(parameters.Length);
        foreach (ValueKind kind in results)
        {
            hash.Add(kind);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>The parameter types in order.</summary>
    public ImmutableArray<ValueKind> Parameters { get; }

    /// <summary>The result types in order; more than one is allowed.</summary>
    public ImmutableArray<ValueKind> Results { get; }

    /// <summary>How many values a call needs room for, where its results replace its arguments.</summary>
    internal int SlotCount => Math.Max(Parameters.Length, Results.Length);

    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Function;

    /// <inheritdoc/>
    public bool Equals(FunctionType? other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || (_hash == other._hash
                && Parameters.AsSpan().SequenceEqual(other.Parameters.AsSpan())
                && Results.AsSpan().SequenceEqual(other.Results.AsSpan())));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FunctionType);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public override string ToString() => $"({string.Join(", ", Parameters)}) -> ({string.Join(", ", Results)})";
}
