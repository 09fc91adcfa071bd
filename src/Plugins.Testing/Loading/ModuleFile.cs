using Plugins.Manifest;

namespace Plugins.Testing.Loading;

/// <summary>A module on the disk: a <c>.wasm</c> file, or a folder with <c>plugin.wasm</c>.</summary>
internal static class ModuleFile
{
    internal static string PathOf(string path) =>
        Directory.Exists(path) ? Path.Combine(path, PackageFiles.Module) : path;
}
