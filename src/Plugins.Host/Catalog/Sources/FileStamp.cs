namespace Plugins.Host.Catalog.Sources;

/// <summary>Size, times and place of a file, or that there is none.</summary>
internal readonly record struct FileStamp(
    bool Exists, long Length, DateTime WrittenAt, string? Place, FileChange Change)
{
    /// <summary>The stamp of a file, through links: deployments often replace a link and not the file.</summary>
    internal static FileStamp Of(string path)
    {
        try
        {
            var file = new FileInfo(LinkedPath.Resolve(path));
            return file.Exists
                ? new FileStamp(true, file.Length, file.LastWriteTimeUtc, file.FullName, FileChange.Of(file))
                : default;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone while it was looked at, or a circle of links: reading it will say so.
            return default;
        }
    }
}
