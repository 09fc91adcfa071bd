namespace Plugins.Host.Catalog.Sources;

/// <summary>How a folder is watched.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record FolderWatchOptions
{
    /// <summary>Makes options with the defaults.</summary>
    public FolderWatchOptions()
    {
    }

    /// <summary>Time that the files must not have changed, so that nothing half-written is taken.</summary>
    /// <value>250 milliseconds.</value>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Time between two looks at the folder, whatever notifications say.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>True to look at once when the file system tells of a change.</summary>
    /// <value>True.</value>
    public bool UseNotifications { get; init; } = true;

    /// <summary>The clock that times the looks.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal static FolderWatchOptions Default { get; } = new();
}
