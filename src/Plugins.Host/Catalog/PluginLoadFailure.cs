namespace Plugins.Host.Catalog;

/// <summary>A version that was refused.</summary>
/// <param name="Exception">Why.</param>
/// <param name="FailedAt">When, by the host's clock.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record PluginLoadFailure(Exception Exception, DateTimeOffset FailedAt);
