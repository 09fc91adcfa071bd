using Plugins.Manifest;

namespace Plugins.Host.Catalog.Sources;

/// <summary>Size and times of a plugin's files, compared to find out whether they have changed.</summary>
/// <remarks>No file is opened for it, since that would get in the way of whoever writes them.</remarks>
internal readonly record struct FolderStamp(FileStamp Module, FileStamp Bundle, FileStamp Envelope)
{
    /// <summary>True if there is a module and a signature file.</summary>
    internal bool IsComplete => Module.Exists && (Bundle.Exists || Envelope.Exists);

    internal static FolderStamp Of(string path)
    {
        var module = ModuleOf(path);
        return new FolderStamp(
            FileStamp.Of(module),
            FileStamp.Of(Path.ChangeExtension(module, "sigstore.json")),
            FileStamp.Of(Path.ChangeExtension(module, "dsse.json")));
    }

    /// <summary>The module of a folder, or the path itself where that is no folder.</summary>
    internal static string ModuleOf(string path) =>
        Directory.Exists(path) ? Path.Combine(path, PackageFiles.Module) : path;
}
