using Microsoft.Extensions.Logging;
using Plugins.Host.Loading;
using Plugins.Host.Wasmtime.Errors;

namespace Plugins.Host.Wasmtime.Caching;

/// <summary>Compiled modules on disk, for later processes of the same user.</summary>
/// <remarks>
/// Safe for use by many threads and by many processes at once; nothing to dispose. A compiled module is native code, so
/// nothing is taken from here that does not carry this directory's tag. No failure of the disk fails a load: the
/// module is compiled instead.
/// </remarks>
internal sealed class CompiledModuleCache
{
    private readonly string _directory;
    private readonly byte[] _secret;
    private readonly long _maximumBytes;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    /// <exception cref="UnsafeCacheDirectoryException">Others could put code into the directory.</exception>
    /// <exception cref="IOException">The directory cannot be made or read.</exception>
    internal CompiledModuleCache(string directory, long maximumBytes, TimeProvider clock, ILogger logger)
    {
        _directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        CacheFolder.Prepare(_directory);
        _secret = CacheFolder.ReadSecret(_directory);
        _maximumBytes = maximumBytes;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Turns an entry's bytes into what the engine uses, or null when the engine refuses them.</summary>
    internal delegate T? Deserializer<out T>(ReadOnlySpan<byte> code)
        where T : class;

    /// <summary>Takes the module from the cache, or compiles it and keeps the result.</summary>
    internal T GetOrCompile<T>(
        CacheKey key, Deserializer<T> deserialize, Func<T> compile, Func<T, byte[]?> serialize)
        where T : class
    {
        if (TryLoad(key, deserialize) is { } loaded)
        {
            return loaded;
        }

        T compiled = compile();
        if (serialize(compiled) is { } code)
        {
            Store(key, code);
        }

        return compiled;
    }

    internal T? TryLoad<T>(CacheKey key, Deserializer<T> deserialize)
        where T : class
    {
        string path = PathOf(key);
        if (Read(path) is not { } entry)
        {
            return null;
        }

        ReadOnlySpan<byte> code = CacheEntry.Verify(_secret, key, entry);
        if (code.IsEmpty)
        {
            return Refuse<T>(path, "its tag does not fit");
        }

        if (deserialize(code) is not { } module)
        {
            return Refuse<T>(path, "the native library does not take it");
        }

        CacheLog.Used(_logger, path);
        Touch(path);
        return module;
    }

    internal void Store(CacheKey key, ReadOnlySpan<byte> code)
    {
        if (code.IsEmpty || code.Length > _maximumBytes - CacheEntry.TagLength)
        {
            CacheLog.TooLarge(_logger, code.Length, _maximumBytes);
            return;
        }

        try
        {
            Write(PathOf(key), CacheEntry.ComputeTag(_secret, key, code), code);
            CacheEviction.Trim(_directory, _maximumBytes, _clock.GetUtcNow());
        }
        catch (Exception exception) when (IsDiskFailure(exception))
        {
            CacheLog.NotWritten(_logger, exception, _directory);
        }
    }

    private static bool IsDiskFailure(Exception exception) =>
        exception is IOException or UnauthorizedAccessException;

    private string PathOf(CacheKey key) => Path.Combine(_directory, key.FileName);

    private byte[]? Read(string path)
    {
        try
        {
            using FileStream stream = RegularFile.Open(path);

            // Nothing of ours is longer, and nothing that long should come into memory.
            if (stream.Length > Math.Min(_maximumBytes, Array.MaxLength))
            {
                return [];
            }

            byte[] entry = new byte[stream.Length];
            stream.ReadExactly(entry);
            return entry;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (IsDiskFailure(exception))
        {
            CacheLog.NotRead(_logger, exception, path);
            return null;
        }
    }

    // Renamed into place whole, so that no reader sees a part; of two writers the last one wins with the same code.
    private void Write(string path, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> code)
    {
        using FileStream stream = CacheFolder.CreateTemporary(_directory);
        try
        {
            stream.Write(tag);
            stream.Write(code);
            stream.Dispose();
            File.SetLastWriteTimeUtc(stream.Name, _clock.GetUtcNow().UtcDateTime);
            File.Move(stream.Name, path, overwrite: true);
        }
        catch (Exception exception) when (IsDiskFailure(exception))
        {
            stream.Dispose();
            CacheEviction.TryDelete(stream.Name);
            throw;
        }
    }

    private T? Refuse<T>(string path, string reason)
        where T : class
    {
        CacheLog.Refused(_logger, path, reason);
        CacheEviction.TryDelete(path);
        return null;
    }

    // The time of the last write is the time of the last use, which is what eviction goes by.
    private void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, _clock.GetUtcNow().UtcDateTime);
        }
        catch (Exception exception) when (IsDiskFailure(exception))
        {
            CacheLog.NotRead(_logger, exception, path);
        }
    }
}
