namespace Plugins.Host.Wasmtime.Caching;

/// <summary>Keeps a directory below its bound by deleting what was not used for longest.</summary>
/// <remarks>Other processes may do so at the same time: a file that is gone already is as good as deleted.</remarks>
internal static class CacheEviction
{
    // A writer that lives needs seconds; a temporary file of this age was left behind by one that was killed.
    private static readonly TimeSpan s_abandoned = TimeSpan.FromHours(1);

    /// <summary>Deletes entries until the others have at most so many bytes, and returns how many it deleted.</summary>
    internal static int Trim(string directory, long maximumBytes, DateTimeOffset now)
    {
        DeleteAbandoned(directory, now);
        List<FileInfo> entries = [.. Enumerate(directory, CacheFolder.EntrySuffix)];
        long total = entries.Sum(Length);
        int deleted = 0;
        foreach (FileInfo entry in entries.OrderBy(file => file.LastWriteTimeUtc))
        {
            if (total <= maximumBytes)
            {
                break;
            }

            total -= Length(entry);
            deleted += TryDelete(entry.FullName) ? 1 : 0;
        }

        return deleted;
    }

    internal static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void DeleteAbandoned(string directory, DateTimeOffset now)
    {
        DateTime limit = (now - s_abandoned).UtcDateTime;
        foreach (FileInfo file in Enumerate(directory, CacheFolder.TemporarySuffix))
        {
            if (file.LastWriteTimeUtc < limit)
            {
                TryDelete(file.FullName);
            }
        }
    }

    private static IEnumerable<FileInfo> Enumerate(string directory, string suffix) =>
        new DirectoryInfo(directory).EnumerateFiles("*" + suffix);

    private static long Length(FileInfo file) => file.Exists ? file.Length : 0;
}
