using Plugins.Host.Errors;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Testing.Recording;

namespace Plugins.Testing.Cases;

/// <summary>One call, its surroundings, and its expected outcome.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record PluginCase
{
    internal PluginCase()
    {
    }

    /// <summary>The name of the case.</summary>
    public required string Name { get; init; }

    /// <summary>The plugin that the case is for.</summary>
    /// <value>Null for any plugin.</value>
    public string? Plugin { get; init; }

    /// <summary>The function that is called.</summary>
    /// <value>Null for the plugin's only function.</value>
    public string? Function { get; init; }

    /// <summary>The input.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>True to pass the input as a stream of unknown length.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>The number of concurrent calls, all of which must have the same outcome.</summary>
    /// <value>1.</value>
    public int Parallel { get; init; } = 1;

    internal string? Host { get; init; }

    internal IReadOnlyDictionary<string, string> Config { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    internal IReadOnlyList<PermissionGrant> Grants { get; init; } = [];

    internal IReadOnlyDictionary<string, byte[]> Variables { get; init; } =
        new Dictionary<string, byte[]>(StringComparer.Ordinal);

    internal RequestedLimits Limits { get; init; } = new();

    /// <summary>True if the file says that the case is about the walls around a guest.</summary>
    internal bool SaysSandbox { get; init; }

    internal byte[]? Output { get; init; }

    /// <summary>Output that is compared as JSON, whatever its spaces and the order of names.</summary>
    internal string? Json { get; init; }

    internal ExpectedError? Error { get; init; }

    /// <summary>Failure of another kind than the guest's own no.</summary>
    internal PluginErrorCode? Failure { get; init; }

    internal TrapCode? Trap { get; init; }

    internal IReadOnlyList<GuestLogEntry>? Logs { get; init; }

    /// <summary>Values that variables must have afterwards; null for none at all.</summary>
    internal IReadOnlyDictionary<string, byte[]?> VariablesAfter { get; init; } =
        new Dictionary<string, byte[]?>(StringComparer.Ordinal);

    internal bool ExpectsFailure => Error is not null || Failure is not null || Trap is not null;

    /// <summary>Why code that runs in this process cannot be held to the case; null where it can.</summary>
    internal string? NeedsSandbox => this switch
    {
        { SaysSandbox: true } => "The case is about what only an engine contains.",
        { Failure: PluginErrorCode.FuelLimit or PluginErrorCode.TimeLimit or PluginErrorCode.MemoryLimit
            or PluginErrorCode.TableLimit } => $"In process there is no {Failure}.",
        { Limits: { Fuel: not null } or { MemoryPages: not null } or { TableElements: not null }
            or { StackBytes: not null } or { CallDepth: not null } } =>
            "In process there are no limits of fuel, memory, tables and stack.",
        { Trap: not null and not TrapCode.Unreachable } => $"In process there is no trap {Trap}.",
        _ => null,
    };
}
