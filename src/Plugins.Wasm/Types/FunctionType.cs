using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Plugins.Wasm.Types;

/// <summary>The parameters and results of a function; two are equal when both lists are.</summary>
/// <remarks>Immutable and safe for use by many threads. WebAssembly 2.0, section 2.3.6.</remarks>
public sealed class FunctionType : ExternType, IEquatable<FunctionType>
{
    private readonly int _hash;

    /// <summary>Describes a function from <paramref name="parameters"/> to <paramref name="results"/>.</summary>
    public FunctionType(ImmutableArray<ValueKind> parameters, ImmutableArray<ValueKind> results)
        : this(ImmutableCollectionsMarshal.AsArray(parameters)!, ImmutableCollectionsMarshal.AsArray(results)!)
    {
    }

    private FunctionType(ValueKind[] parameters, ValueKind[] results)
    {
        ParameterKinds = parameters;
        ResultKinds = results;
        HashCode hash = default;
        foreach (ValueKind kind in parameters)
        {
            hash.Add((int)kind);
        }

        hash.Add(parameters.Length);
        foreach (ValueKind kind in results)
        {
            hash.Add((int)kind);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>The parameter types in order.</summary>
    public ImmutableArray<ValueKind> Parameters => ImmutableCollectionsMarshal.AsImmutableArray(ParameterKinds);

    /// <summary>The result types in order; more than one is allowed.</summary>
    public ImmutableArray<ValueKind> Results => ImmutableCollectionsMarshal.AsImmutableArray(ResultKinds);

    /// <summary>The parameter types, not to be changed, for code that is hot or runs before the JIT has.</summary>
    internal ValueKind[] ParameterKinds { get; }

    /// <summary>The result types, in the same way.</summary>
    internal ValueKind[] ResultKinds { get; }

    /// <summary>Whether the results are the parameters' types, as an <c>if</c> without an <c>else</c> needs.</summary>
    internal bool GivesWhatItTakes =>
        AreEqual(ParameterKinds, ResultKinds);

    /// <summary>How many values a call needs room for, where its results replace its arguments.</summary>
    internal int SlotCount => Math.Max(ParameterKinds.Length, ResultKinds.Length);

    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Function;

    /// <summary>Describes a function by arrays that nobody else has.</summary>
    internal static FunctionType Adopt(ValueKind[] parameters, ValueKind[] results) => new(parameters, results);

    /// <inheritdoc/>
    public bool Equals(FunctionType? other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || (_hash == other._hash
                && AreEqual(ParameterKinds, other.ParameterKinds)
                && AreEqual(ResultKinds, other.ResultKinds)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FunctionType);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public override string ToString() => $"({string.Join(", ", Parameters)}) -> ({string.Join(", ", Results)})";

    // Spans of the base library over a type of this assembly would wait for the JIT.
    private static bool AreEqual(ValueKind[] left, ValueKind[] right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i])
            {
                return false;
            }
        }

        return true;
    }
}
