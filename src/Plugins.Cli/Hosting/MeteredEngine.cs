using System.Collections.Immutable;
using Plugins.Host.Engines;
using Plugins.Wasm;

namespace Plugins.Cli.Hosting;

/// <summary>An engine that remembers how much memory guests had, and compiles the same bytes only once.</summary>
/// <remarks>Safe for use by many threads. Every host of one command run shares it.</remarks>
internal sealed class MeteredEngine(IPluginEngine inner) : IPluginEngine, IDisposable
{
    private readonly Lock _lock = new();
    private ImmutableArray<byte> _binary = [];
    private EngineModuleOptions? _options;
    private IEngineModule? _module;
    private long _peak;

    public string Name => inner.Name;

    public string Version => inner.Version;

    /// <summary>Name and version, for answers.</summary>
    internal string Title => $"{Name} {Version}";

    public IReadOnlySet<string> Features => inner.Features;

    /// <summary>The largest memory of an instance since the last <see cref="ResetPeak"/>, in bytes.</summary>
    internal long PeakMemoryBytes => Interlocked.Read(ref _peak);

    internal void ResetPeak() => Interlocked.Exchange(ref _peak, 0);

    public IEngineModule Compile(
        ImmutableArray<byte> binary, EngineModuleOptions options, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_module is null || _options != options || !binary.AsSpan().SequenceEqual(_binary.AsSpan()))
            {
                _module = new MeteredModule(this, inner.Compile(binary, options, cancellationToken));
                _binary = binary;
                _options = options;
            }

            return _module;
        }
    }

    public EngineFault? Describe(Exception exception) => inner.Describe(exception);

    /// <summary>Ends the inner engine, where it is one that needs that.</summary>
    public void Dispose() => (inner as IDisposable)?.Dispose();

    internal void Observe(long bytes)
    {
        for (var peak = PeakMemoryBytes; bytes > peak;)
        {
            var seen = Interlocked.CompareExchange(ref _peak, bytes, peak);
            peak = seen == peak ? bytes : seen;
        }
    }
}
