namespace Plugins.Wasi;

/// <summary>Limits for what a guest does with files, in one call or session.</summary>
/// <remarks>Immutable and safe for use by many threads. What exceeds one fails; the guest goes on.</remarks>
public sealed record WasiQuota
{
    /// <summary>Creates quotas of the defaults.</summary>
    public WasiQuota()
    {
    }

    /// <summary>Maximum number of files and directories that are open at a time, the given ones not counted.</summary>
    /// <value>256. One more is <c>mfile</c>.</value>
    public int OpenFiles { get; init; } = 256;

    /// <summary>Maximum number of bytes written to files, in all; gaps and growth count as written.</summary>
    /// <value>64 MiB. What does not fit is <c>dquot</c>.</value>
    public long WrittenBytes { get; init; } = 64L << 20;

    /// <summary>Maximum number of files, directories and links made, in all.</summary>
    /// <value>10,000. One more is <c>dquot</c>.</value>
    public int CreatedEntries { get; init; } = 10_000;

    /// <summary>Maximum number of entries of a directory that can be listed.</summary>
    /// <value>100,000. A larger directory is <c>overflow</c>.</value>
    public int ListedEntries { get; init; } = 100_000;

    /// <summary>Maximum length of a path, and of a link's contents, in bytes.</summary>
    /// <value>4,096. A longer one is <c>nametoolong</c>.</value>
    public int PathBytes { get; init; } = 4096;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(OpenFiles);
        ArgumentOutOfRangeException.ThrowIfNegative(WrittenBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(CreatedEntries);
        ArgumentOutOfRangeException.ThrowIfNegative(ListedEntries);
        ArgumentOutOfRangeException.ThrowIfNegative(PathBytes);
    }
}
