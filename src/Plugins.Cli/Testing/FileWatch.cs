namespace Plugins.Cli.Testing;

/// <summary>Waits for files to change. It looks at them now and then, which works on every file system.</summary>
internal sealed class FileWatch(TimeProvider time, IReadOnlyList<string> files)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private string _seen = StateOf(files);

    /// <summary>Ends when a file is other than at the end of the last wait, and all have come to rest.</summary>
    internal async Task ChangedAsync(CancellationToken token)
    {
        var state = _seen;
        while (true)
        {
            await Task.Delay(Interval, time, token);
            var now = StateOf(files);
            if (now != _seen && now == state)
            {
                _seen = now;
                return;
            }

            state = now;
        }
    }

    private static string StateOf(IReadOnlyList<string> files) => string.Join('|', files.Select(path =>
    {
        var file = new FileInfo(path);
        return file.Exists ? $"{file.LastWriteTimeUtc.Ticks} {file.Length}" : "";
    }));
}
