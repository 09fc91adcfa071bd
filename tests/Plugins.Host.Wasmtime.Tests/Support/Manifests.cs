using Plugins.Manifest;

namespace Plugins.Host.Wasmtime.Tests.Support;

/// <summary>Manifests for modules that a test loads without a signature.</summary>
internal static class Manifests
{
    public static PluginManifest Of(byte[] module, params string[] functions) => new()
    {
        Id = PluginId.Parse("acme/test"),
        Version = SemanticVersion.Parse("1.2.3"),
        Sequence = 1,
        Module = ManifestModule.Describe(module),
        Abi = "plugins:abi/v1",
        Functions = [.. functions.Select(name => new ExportedFunction { Name = name })],
        IssuedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };
}
