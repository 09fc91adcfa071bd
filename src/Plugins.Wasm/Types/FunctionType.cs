using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Plugins.Wasm.Types;

/// <summary>The parameters and results of a function; two are equal when both lists are.</summary>
/// <remarks>
/// <para>Of typed references, equality, matching and text have the whole type, and the lists the kind that a host
/// passes.</para>
/// <para>Immutable and safe for use by many threads. WebAssembly 3.0, section 2.3.8.</para>
/// </remarks>
public sealed class FunctionType : ExternType, IEquatable<FunctionType>
{
    private readonly int _hash;
    private DefinedType? _definition;

    /// <summary>Describes a function from <paramref name="parameters"/> to <paramref name="results"/>.</summary>
    public FunctionType(ImmutableArray<ValueKind> parameters, ImmutableArray<ValueKind> results)
        : this(CodesOf(parameters), CodesOf(results), definition: null)
    {
    }

    private FunctionType(ValueCode[] parameters, ValueCode[] results, DefinedType? definition)
    {
        _definition = definition;
        ParameterCodes = parameters;
        ResultCodes = results;
        ParameterKinds = KindsOf(parameters);
        ResultKinds = KindsOf(results);
        HashCode hash = default;
        foreach (ValueCode code in parameters)
        {
            hash.Add((int)code);
        }

        hash.Add(parameters.Length);
        foreach (ValueCode code in results)
        {
            hash.Add((int)code);
        }

        _hash = hash.ToHashCode();
        foreach (ValueKind kind in ResultKinds)
        {
            HasVectorResult |= kind == ValueKind.V128;
        }
    }

    /// <summary>The kinds of the parameters in order.</summary>
    public ImmutableArray<ValueKind> Parameters => ImmutableCollectionsMarshal.AsImmutableArray(ParameterKinds);

    /// <summary>The kinds of the results in order; more than one is allowed.</summary>
    public ImmutableArray<ValueKind> Results => ImmutableCollectionsMarshal.AsImmutableArray(ResultKinds);

    // The base library's empty array of a type of this assembly would wait for the JIT.
#pragma warning disable CA1825, MA0005
    /// <summary>An empty list.</summary>
    internal static ValueCode[] NoCodes { get; } = new ValueCode[0];

    private static ValueKind[] NoKinds { get; } = new ValueKind[0];
#pragma warning restore CA1825, MA0005

    /// <summary>The parameter types, not to be changed.</summary>
    internal ValueCode[] ParameterCodes { get; }

    /// <summary>The result types, not to be changed.</summary>
    internal ValueCode[] ResultCodes { get; }

    /// <summary>
    /// The kinds of the parameters, not to be changed, for code that is hot or runs before the JIT has.
    /// </summary>
    internal ValueKind[] ParameterKinds { get; }

    /// <summary>The kinds of the results, in the same way.</summary>
    internal ValueKind[] ResultKinds { get; }

    /// <summary>The type of a type section that it is; for a host's, a final one in a group of its own.</summary>
    internal DefinedType Definition => _definition ??= TypeRegistry.Find(this);

    /// <summary>Whether a result is a vector.</summary>
    internal bool HasVectorResult { get; }

    /// <summary>How many values a call needs room for, where its results replace its arguments.</summary>
    internal int SlotCount => Math.Max(ParameterKinds.Length, ResultKinds.Length);

    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Function;

    /// <summary>Describes a function by arrays that nobody else has, without defined types in them.</summary>
    internal static FunctionType Adopt(ValueCode[] parameters, ValueCode[] results) =>
        new(parameters, results, definition: null);

    /// <summary>Describes the function that a defined type is.</summary>
    internal static FunctionType Define(ValueCode[] parameters, ValueCode[] results, DefinedType definition) =>
        new(parameters, results, definition);

    /// <summary>The defined type that one of its codes refers to; null where it refers to none.</summary>
    internal DefinedType? TypeOf(ValueCode code) => code.HasDefinition ? Definition.Group.Find(code.Number) : null;

    /// <inheritdoc/>
    public bool Equals(FunctionType? other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || (_hash == other._hash
                && AreEqual(ParameterCodes, other.ParameterCodes)
                && AreEqual(ResultCodes, other.ResultCodes)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FunctionType);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public override string ToString() => $"({ListOf(ParameterCodes)}) -> ({ListOf(ResultCodes)})";

    // Spans of the base library over a type of this assembly would wait for the JIT.
    private static bool AreEqual(ValueCode[] left, ValueCode[] right)
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

    private static ValueKind[] KindsOf(ValueCode[] codes)
    {
        ValueKind[] kinds = codes.Length == 0 ? NoKinds : new ValueKind[codes.Length];
        for (int i = 0; i < kinds.Length; i++)
        {
            kinds[i] = codes[i].Kind;
        }

        return kinds;
    }

    private static ValueCode[] CodesOf(ImmutableArray<ValueKind> kinds)
    {
        ValueKind[] given = ImmutableCollectionsMarshal.AsArray(kinds)!;
        ValueCode[] codes = new ValueCode[given.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = (ValueCode)given[i];
        }

        return codes;
    }

    private static string ListOf(ValueCode[] codes) =>
        string.Join(", ", codes.Select(code => code == (ValueCode)code.Kind ? code.Kind.ToString() : code.Text));
}
