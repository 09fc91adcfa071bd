using System.Collections.Immutable;
using Plugins.Host.Engines;
using Plugins.Wasm;

namespace Plugins.Testing.Recording;

/// <summary>An engine whose guests' calls of capabilities are recorded, at the seam that every engine has.</summary>
internal sealed class RecordingEngine(IPluginEngine inner, Recorder recorder, TimeProvider time) : IPluginEngine
{
    public string Name => inner.Name;

    public string Version => inner.Version;

    public IReadOnlySet<string> Features => inner.Features;

    public IEngineModule Compile(
        ImmutableArray<byte> binary, EngineModuleOptions options, CancellationToken cancellationToken = default) =>
        new RecordingModule(inner.Compile(binary, options, cancellationToken), recorder, time);

    public EngineFault? Describe(Exception exception) => inner.Describe(exception);
}
