namespace Plugins.Host.Wasmtime.Caching;

/// <summary>Everything but the module that decides what compiled code looks like.</summary>
/// <param name="LibraryDigest">SHA-256 of the native library's file.</param>
/// <param name="Configuration">
/// Every setting of the engine that compilation sees, as text: fuel, epochs, stack, memory layout, features.
/// </param>
internal sealed record EngineIdentity(ReadOnlyMemory<byte> LibraryDigest, string Configuration);
