using System.Collections.Immutable;
using Plugins.Host.Errors;

namespace Plugins.Host.Engines;

/// <summary>A failure in an engine, in terms that every engine shares.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record EngineFault
{
    /// <summary>Creates a fault; the required properties are the minimum.</summary>
    public EngineFault()
    {
    }

    /// <summary>The phase and kind of the fault, which decides the exception the host throws.</summary>
    public required EngineFaultKind Kind { get; init; }

    /// <summary>A description of the fault, for the operator.</summary>
    public required string Reason { get; init; }

    /// <summary>The kind of trap.</summary>
    /// <value><see cref="TrapCode.None"/> unless <see cref="Kind"/> is a trap.</value>
    public TrapCode Trap { get; init; }

    /// <summary>Offset in the module, in bytes.</summary>
    /// <value>Null where the engine does not know.</value>
    public int? Offset { get; init; }

    /// <summary>The guest's frames at the trap, innermost first; bounded by the engine.</summary>
    public ImmutableArray<GuestFrame> Backtrace { get; init; } = [];

    /// <summary>The function in whose code it is, imported functions counted.</summary>
    /// <value>Null where the fault is elsewhere, or the engine does not know.</value>
    public int? FunctionIndex { get; init; }

    /// <summary>
    /// The limit that was exceeded, the feature that is missing, or the import that could not be linked.
    /// </summary>
    /// <value>Null for other kinds.</value>
    public string? Subject { get; init; }

    /// <summary>The limit's value, where one was exceeded.</summary>
    public long Allowed { get; init; }

    /// <summary>The amount requested, where a limit was exceeded.</summary>
    public long Requested { get; init; }
}
