using Plugins.Manifest;

namespace Plugins.Testing.Loading;

/// <summary>A module on the disk: a <c>.wasm</c> file, or a folder with <c>plugin.wasm</c>.</summary>
internal static class ModuleFile
{
    internal static string PathOf(string path) =>
        Directory.Exists(path) ? Path.Combine(path, PackageFiles.Module) : path;

    /// <summary>What the plugin is called where nothing else names it.</summary>
    internal static string NameOf(string modulePath) => Path.GetFileName(modulePath) == PackageFiles.Module
        ? Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(modulePath))) ?? "plugin"
        : Path.GetFileNameWithoutExtension(modulePath);
}
