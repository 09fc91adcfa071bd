using Plugins.Host.Wasmtime.Compilation;
using Plugins.Host.Wasmtime.Loading;
using Plugins.Manifest;

namespace Plugins.Host.Wasmtime.Caching;

/// <summary>Compiles modules of one engine by way of a directory.</summary>
/// <remarks>Safe for use by many threads; nothing to dispose.</remarks>
internal sealed class CachedCompiler
{
    private readonly CompiledModuleCache _cache;
    private readonly WasmtimeEngineOptions _options;
    private readonly byte[]? _libraryDigest;

    /// <exception cref="Errors.UnsafeCacheDirectoryException">Others could put code into the directory.</exception>
    /// <exception cref="IOException">The directory cannot be made or read.</exception>
    internal CachedCompiler(string directory, WasmtimeEngineOptions options, WasmtimeLibrary library)
    {
        var logger = options.LoggerFactory.CreateLogger(CacheLog.Category);
        _cache = new CompiledModuleCache(directory, options.CacheBytes, TimeProvider.System, logger);
        _options = options;
        _libraryDigest = LibraryDigest.Of(library.Path);
        if (_libraryDigest is null)
        {
            CacheLog.LibraryUnknown(logger, library.Path);
        }
    }

    internal NativeModule GetOrCompile(
        NativeEngine engine, Sha256Digest digest, ReadOnlyMemory<byte> binary, ImportTable imports)
    {
        // Without the library's digest, code of another one could be taken for this one's.
        return _libraryDigest is null
            ? NativeModule.Compile(engine, binary.Span, imports)
            : _cache.GetOrCompile(
                KeyOf(engine, digest, _libraryDigest),
                code => NativeModule.Deserialize(engine, code, imports),
                () => NativeModule.Compile(engine, binary.Span, imports),
                module => module.Serialize());
    }

    private CacheKey KeyOf(NativeEngine engine, Sha256Digest digest, byte[] libraryDigest)
    {
        var product = typeof(CachedCompiler).Assembly.GetName().Version;
        var configuration = EngineFactory.Describe(_options, engine.Configuration);
        return CacheKey.Of(digest.Bytes, new EngineIdentity(libraryDigest, $"{product};{configuration}"));
    }
}
