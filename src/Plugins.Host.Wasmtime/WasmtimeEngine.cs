using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Caching;
using Plugins.Host.Wasmtime.Compilation;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Instances;
using Plugins.Host.Wasmtime.Loading;
using Plugins.Host.Wasmtime.Native;
using Plugins.Manifest;
using Plugins.Wasm;

namespace Plugins.Host.Wasmtime;

/// <summary>Runs modules on Wasmtime, with the native library of its NuGet package or another one.</summary>
/// <remarks>
/// Safe for use by many threads. Whoever makes one disposes it, or leaves that to the garbage collector; modules and
/// instances that are in use go on either way.
/// </remarks>
public sealed class WasmtimeEngine : IPluginEngine, IDisposable
{
    private readonly WasmtimeLibrary _library;
    private readonly WasmtimeEngineOptions _options;
    private readonly Dictionary<EngineConfiguration, NativeEngine> _engines = [];
    private readonly ModuleShare<ModuleKey, NativeModule> _modules = new();
    private readonly CachedCompiler? _cache;
    private bool _isDisposed;

    /// <summary>Finds and loads the native library.</summary>
    /// <param name="options">The engine's options; the defaults where null.</param>
    /// <exception cref="WasmtimeLibraryMissingException">It is in none of the places that are searched.</exception>
    /// <exception cref="WasmtimeLibraryUnsuitableException">It is too old, or no Wasmtime.</exception>
    /// <exception cref="UnsafeCacheDirectoryException">Others could put code into the cache's directory.</exception>
    /// <exception cref="IOException">The cache's directory cannot be made or read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size in the options is out of range.</exception>
    public WasmtimeEngine(WasmtimeEngineOptions? options = null)
    {
        _options = options ?? WasmtimeEngineOptions.Default;
        _options.Validate();
        _library = WasmtimeLibrary.Load(_options.LibraryPath);
        _cache = _options.CacheDirectory is { } directory ? new CachedCompiler(directory, _options, _library) : null;
    }

    /// <inheritdoc/>
    public string Name => "wasmtime";

    /// <summary>The native library's major version.</summary>
    /// <value><c>unknown</c> where the library tells it in another way than Wasmtime 50 does.</value>
    public string Version => _library.Version?.ToString(CultureInfo.InvariantCulture) ?? "unknown";

    /// <inheritdoc/>
    public IReadOnlySet<string> Features => Proposals.Features;

    /// <summary>Path of the native library, or its bare name if the system's loader found it.</summary>
    public string LibraryPath => _library.Path;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The module is not to be compiled.</exception>
    public IEngineModule Compile(
        ImmutableArray<byte> binary, EngineModuleOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Limits);
        if (options.Mode == ExecutionMode.Interpreted)
        {
            throw new NotSupportedException("Wasmtime compiles every module: it cannot interpret one.");
        }

        var features = options.Features is { } allowed
            ? Features.Where(allowed.Contains).ToFrozenSet(StringComparer.Ordinal)
            : Features;
        var description = Module.Describe(binary, features, options.Limits, cancellationToken);
        var configuration = new EngineConfiguration(
            options.MeterFuel, options.CanonicalizesNaNs, PoolFit.IsPooled(description, _options));
        var engine = GetEngine(configuration);
        var key = new ModuleKey(Sha256Digest.Compute(description.Bytes.Span), configuration);
        var code = _modules.GetOrCompile(
            key, () => Compile(engine, key.Digest, description), cancellationToken);
        return new WasmtimeModule(description, code);
    }

    /// <inheritdoc/>
    public EngineFault? Describe(Exception exception) => WasmtimeFaults.Describe(exception);

    /// <summary>Ends compiling; compiled modules and running instances keep what they need.</summary>
    public void Dispose()
    {
        lock (_engines)
        {
            _isDisposed = true;
            foreach (var engine in _engines.Values)
            {
                engine.Dispose();
            }

            _engines.Clear();
        }
    }

    private NativeModule Compile(NativeEngine engine, Sha256Digest digest, ModuleDescription description)
    {
        var imports = new ImportTable(description.Imports);
        return _cache is null
            ? NativeModule.Compile(engine, description.Bytes.Span, imports)
            : _cache.GetOrCompile(engine, digest, description.Bytes, imports);
    }

    private NativeEngine GetEngine(EngineConfiguration configuration)
    {
        lock (_engines)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_engines.TryGetValue(configuration, out var engine))
            {
                engine = new NativeEngine(_library.Api, _options, configuration);
                _engines.Add(configuration, engine);
            }

            return engine;
        }
    }
}
