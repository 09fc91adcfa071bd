using Plugins.Wasm.Types;

namespace Plugins.Host.Engines;

/// <summary>A function of the host, made for one instance, that a guest may import.</summary>
/// <param name="Module">The first of the import's two names.</param>
/// <param name="Name">The second of the import's two names.</param>
/// <param name="Function">
/// One of <see cref="Func{TResult}"/>, <see cref="Func{T1, T2, TResult}"/>, <see cref="Action{T1, T2}"/> and
/// <see cref="Action{T1, T2, T3}"/>, over <see cref="int"/> throughout; or a <see cref="HostNumberFunction"/>.
/// </param>
/// <remarks>Immutable; used by one thread at a time, as its instance is.</remarks>
public sealed record HostImport(string Module, string Name, Delegate Function)
{
    /// <summary>Maximum number of a <see cref="HostNumberFunction"/>'s parameters.</summary>
    public const int MaximumParameters = 16;

    /// <summary>Makes an import of any signature over numbers.</summary>
    /// <param name="module">The first of the import's two names.</param>
    /// <param name="name">The second of the import's two names.</param>
    /// <param name="type">Up to <see cref="MaximumParameters"/> numbers to one or none.</param>
    /// <param name="function">What is called.</param>
    /// <exception cref="ArgumentException">The type is of another form.</exception>
    public HostImport(string module, string name, FunctionType type, HostNumberFunction function)
        : this(module, name, function)
    {
        ArgumentNullException.ThrowIfNull(type);
        Type = IsOverNumbers(type)
            ? type
            : throw new ArgumentException($"Functions of type {type} are not supported.", nameof(type));
    }

    /// <summary>The type of a <see cref="HostNumberFunction"/>.</summary>
    /// <value>Null for the other delegates, which have their own.</value>
    public FunctionType? Type { get; }

    /// <summary>True if a host can supply a function of a type as a <see cref="HostNumberFunction"/>.</summary>
    /// <param name="type">The type of an import.</param>
    public static bool IsOverNumbers(FunctionType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.Parameters.Length <= MaximumParameters && type.Results.Length <= 1
            && type.Parameters.All(IsNumber) && type.Results.All(IsNumber);
    }

    private static bool IsNumber(ValueKind kind) =>
        kind is ValueKind.I32 or ValueKind.I64 or ValueKind.F32 or ValueKind.F64;
}
