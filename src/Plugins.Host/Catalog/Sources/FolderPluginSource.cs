using System.Runtime.InteropServices;
using Microsoft.Extensions.Primitives;
using Plugins.Host.Loading;

namespace Plugins.Host.Catalog.Sources;

/// <summary>A plugin in a folder that is watched: <c>plugin.wasm</c> with its signature beside it.</summary>
/// <remarks>
/// <para>Files are read at once and closed. A version is taken only when module and signature are there, did not change
/// for <see cref="FolderWatchOptions.Quiet"/>, and did not change while they were read.</para>
/// <para>The folder is looked at every <see cref="FolderWatchOptions.PollInterval"/>; notifications of the file system,
/// where they work, make that sooner. Safe for use by many threads. The catalog disposes it.</para>
/// </remarks>
public sealed class FolderPluginSource : IPluginSource, IDisposable
{
    private const int Attempts = 10;

    private readonly string _path;
    private readonly PluginLoadOptions? _options;
    private readonly FolderWatchOptions _watch;
    private readonly Func<string, FolderStamp> _stamp;
    private readonly Lock _gate = new();
    private CancellationTokenSource _changed = new();
    private FileSystemWatcher? _watcher;
    private ITimer? _timer;
    private FolderStamp _known;
    private FolderStamp? _candidate;
    private bool _isHinted;
    private bool _isDisposed;

    /// <summary>Makes a source; nothing is read or watched yet.</summary>
    /// <param name="path">A folder with <c>plugin.wasm</c>, or a module file with its signature beside it.</param>
    /// <param name="options">Settings and grants for the plugin.</param>
    /// <param name="watch">How the folder is watched; the defaults where null.</param>
    public FolderPluginSource(string path, PluginLoadOptions? options = null, FolderWatchOptions? watch = null)
        : this(path, options, watch, FolderStamp.Of)
    {
    }

    internal FolderPluginSource(
        string path, PluginLoadOptions? options, FolderWatchOptions? watch, Func<string, FolderStamp> stamp)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Path.GetFullPath(path);
        _options = options;
        _watch = watch ?? FolderWatchOptions.Default;
        _stamp = stamp;
    }

    /// <summary>The full path.</summary>
    public string Location => _path;

    /// <summary>True to load the module without a signature, on a developer's own machine.</summary>
    /// <value>False.</value>
    /// <remarks>Refused unless <see cref="PluginHostOptions.AllowUnsigned"/> is set.</remarks>
    public bool IsUnsigned { get; init; }

    /// <inheritdoc/>
    /// <exception cref="DirectoryNotFoundException">There is no such folder or file.</exception>
    public async ValueTask<PluginPackage> ReadAsync(long maximumModuleBytes, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = _stamp(_path);
            var package = Read(maximumModuleBytes);
            if (_stamp(_path) == before)
            {
                lock (_gate)
                {
                    _known = before;
                }

                return package;
            }

            if (attempt == Attempts)
            {
                throw new IOException($"The files in '{_path}' kept changing while they were read.");
            }

            await Task.Delay(_watch.Quiet, _watch.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public IChangeToken GetChangeToken()
    {
        lock (_gate)
        {
            if (_timer is null && !_isDisposed)
            {
                var interval = _watch.PollInterval;
                _timer = _watch.TimeProvider.CreateTimer(_ => Look(), null, interval, interval);
                _watcher = _watch.UseNotifications ? Watch() : null;
            }

            return new CancellationChangeToken(_changed.Token);
        }
    }

    /// <summary>Ends watching; a change that is found at this moment is not told any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        // Nothing sets these any more. Without the lock, which what they call back wants.
        _timer?.Dispose();
        _watcher?.Dispose();
    }

    private PluginPackage Read(long maximumModuleBytes)
    {
        if (!Path.Exists(_path))
        {
            throw new DirectoryNotFoundException($"There is no folder '{_path}'.");
        }

        var path = FolderStamp.ModuleOf(_path);
        if (IsUnsigned)
        {
            var module = PluginFiles.ReadModule(path, maximumModuleBytes);
            return new PluginPackage(
                _path, (host, cancellation) => host.LoadUnsigned(module, path, _options, cancellation));
        }

        var (signed, signature) = PluginFiles.Read(path, maximumModuleBytes);
        return PluginPackage.FromBytes(
            _path, signed, ImmutableCollectionsMarshal.AsImmutableArray(signature), _options);
    }

    // Links, network drives and containers often have no notifications, or lose some; polling finds what they miss.
    private FileSystemWatcher? Watch()
    {
        FileSystemWatcher? watcher = null;
        try
        {
            var folder = Directory.Exists(_path) ? _path : Path.GetDirectoryName(_path)!;
            watcher = new FileSystemWatcher(folder);
            watcher.Changed += (_, _) => Hint();
            watcher.Created += (_, _) => Hint();
            watcher.Deleted += (_, _) => Hint();
            watcher.Renamed += (_, _) => Hint();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // No such folder yet, or no notification left in this system.
            watcher?.Dispose();
            return null;
        }
    }

    /// <summary>Has the folder looked at soon; many hints bring one look.</summary>
    private void Hint()
    {
        lock (_gate)
        {
            if (!_isHinted && !_isDisposed)
            {
                _isHinted = true;
                _timer?.Change(_watch.Quiet, _watch.PollInterval);
            }
        }
    }

    private void Look()
    {
        CancellationTokenSource changed;
        lock (_gate)
        {
            _isHinted = false;
            if (_isDisposed || !IsAnotherVersion())
            {
                return;
            }

            changed = _changed;
            _changed = new CancellationTokenSource();
        }

        changed.Cancel();
    }

    /// <summary>True once the files differ from those known, are complete, and were so at the last look too.</summary>
    private bool IsAnotherVersion()
    {
        var now = _stamp(_path);
        if (now == _known || !(IsUnsigned ? now.Module.Exists : now.IsComplete))
        {
            _candidate = null;
            return false;
        }

        if (now != _candidate)
        {
            _candidate = now;
            _timer?.Change(_watch.Quiet, _watch.PollInterval);
            return false;
        }

        _candidate = null;
        _known = now;
        return true;
    }
}
