using System.Collections.Immutable;
using Plugins.Manifest.Permissions;

namespace Plugins.Manifest.Trust;

/// <summary>A checked entry of a trust policy: who may sign for a publisher.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed class TrustedPublisher
{
    internal TrustedPublisher(TrustedPublisherOptions options, ImmutableArray<TrustedKey> keys)
    {
        Name = options.Name;
        Keys = keys;
        Threshold = options.Threshold;
        Ceiling = options.Ceiling;
    }

    /// <summary>The publisher's whole name, or <c>*</c>.</summary>
    public string Name { get; }

    /// <summary>Keys that may sign, each with an id of its own.</summary>
    public IReadOnlyList<TrustedKey> Keys { get; }

    /// <summary>The number of different keys that must have signed.</summary>
    public int Threshold { get; }

    /// <summary>The ceiling on permissions for the publisher's plugins.</summary>
    public PermissionCeiling Ceiling { get; }
}
