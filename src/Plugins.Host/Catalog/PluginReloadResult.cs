namespace Plugins.Host.Catalog;

/// <summary>What came of a reload, a canary or a rollback.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record PluginReloadResult
{
    internal PluginReloadResult(PluginReloadOutcome outcome, PluginStatus status)
    {
        Outcome = outcome;
        Status = status;
    }

    /// <summary>Whether another version serves calls now.</summary>
    public PluginReloadOutcome Outcome { get; }

    /// <summary>The plugin after the reload.</summary>
    public PluginStatus Status { get; }

    /// <summary>Why the version was refused.</summary>
    /// <value>Null unless <see cref="Outcome"/> is <see cref="PluginReloadOutcome.Failed"/>.</value>
    public Exception? Failure { get; init; }

    /// <summary>Ends when the replaced version has ended its calls and is disposed.</summary>
    /// <value>Ended where nothing was replaced. Never fails.</value>
    public Task Drained { get; init; } = Task.CompletedTask;
}
