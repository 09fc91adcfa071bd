using Plugins.Manifest;

namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>What decides the machine code of a module within one process and one library.</summary>
/// <param name="Digest">Of the module's bytes.</param>
/// <param name="Configuration">Of the engine it is compiled for.</param>
internal readonly record struct ModuleKey(Sha256Digest Digest, EngineConfiguration Configuration);
