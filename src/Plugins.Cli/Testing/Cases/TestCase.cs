using Plugins.Cli.Hosting;
using Plugins.Host.Errors;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;

namespace Plugins.Cli.Testing.Cases;

/// <summary>One call, the world that it is made in, and what must come of it.</summary>
internal sealed record TestCase
{
    internal required string Name { get; init; }

    /// <summary>Which plugin it is for; null for any.</summary>
    internal string? Plugin { get; init; }

    /// <summary>Null for the only function.</summary>
    internal string? Function { get; init; }

    internal byte[] Input { get; init; } = [];

    /// <summary>Whether the guest gets the input as a stream of unknown length.</summary>
    internal bool Streams { get; init; }

    internal string? Host { get; init; }

    internal IReadOnlyDictionary<string, string> Config { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    internal IReadOnlyList<PermissionGrant> Grants { get; init; } = [];

    internal IReadOnlyDictionary<string, byte[]> Variables { get; init; } =
        new Dictionary<string, byte[]>(StringComparer.Ordinal);

    internal RequestedLimits Limits { get; init; } = new();

    /// <summary>How many calls are made at once, all of which must end alike.</summary>
    internal int Parallel { get; init; } = 1;

    internal byte[]? Output { get; init; }

    /// <summary>Output that is compared as JSON, whatever its spaces and the order of names.</summary>
    internal string? Json { get; init; }

    internal ExpectedError? Error { get; init; }

    /// <summary>Failure of another kind than the guest's own no.</summary>
    internal PluginErrorCode? Failure { get; init; }

    internal TrapCode? Trap { get; init; }

    internal IReadOnlyList<GuestEntry>? Logs { get; init; }

    /// <summary>Values that variables must have afterwards; null for none at all.</summary>
    internal IReadOnlyDictionary<string, byte[]?> VariablesAfter { get; init; } =
        new Dictionary<string, byte[]?>(StringComparer.Ordinal);

    internal bool ExpectsFailure => Error is not null || Failure is not null || Trap is not null;
}
