using Plugins.Cli.Failures;
using Plugins.Cli.Files;
using Plugins.Cli.Terminals;
using Plugins.Manifest;

namespace Plugins.Cli.Sources;

/// <summary>A plugin as it lies on the disk: a module, and perhaps a signature file and a manifest beside it.</summary>
internal sealed record PluginSource
{
    /// <summary>The manifest that an author writes; it lacks what only building and signing can know.</summary>
    internal const string DraftName = "manifest.json";

    internal required string ModulePath { get; init; }

    internal required byte[] Module { get; init; }

    /// <summary>The bundle or envelope; null where there is none.</summary>
    internal byte[]? SignatureFile { get; init; }

    internal string? SignaturePath { get; init; }

    /// <summary>The source map that AssemblyScript's compiler writes beside the module; null without one.</summary>
    internal byte[]? SourceMap { get; init; }

    internal byte[]? Draft { get; init; }

    /// <summary>The draft's path as people would type it.</summary>
    internal string? DraftPath { get; init; }

    internal string Folder => Path.GetDirectoryName(ModulePath)!;

    /// <summary>What the plugin is called where nothing else names it.</summary>
    internal string Name => Path.GetFileName(ModulePath) == PackageFiles.Module
        ? Path.GetFileName(Folder)
        : Path.GetFileNameWithoutExtension(ModulePath);

    /// <summary>Where a signature of the module belongs.</summary>
    internal string BundlePath => Path.ChangeExtension(ModulePath, "sigstore.json");

    internal string EnvelopePath => Path.ChangeExtension(ModulePath, "dsse.json");

    /// <summary>Reads a folder with <c>plugin.wasm</c>, or a module by its own path.</summary>
    /// <param name="surroundings">Where the command runs.</param>
    /// <param name="path">The folder or the module.</param>
    /// <param name="manifest">A manifest in place of the one beside it.</param>
    /// <param name="mayBeText">Whether a module may be text: not where it is signed, as hosts load no text.</param>
    internal static PluginSource Open(
        Surroundings surroundings, string path, string? manifest = null, bool mayBeText = false)
    {
        var modulePath = ModuleOf(surroundings.PathOf(path));
        var source = new PluginSource
        {
            ModulePath = modulePath,
            Module = mayBeText && TextModule.IsText(modulePath)
                ? TextModule.Read(modulePath, surroundings)
                : BoundedFile.Read(modulePath, BoundedFile.MaximumModuleBytes, "module"),
            SourceMap = BoundedFile.ReadIfThere($"{modulePath}.map", BoundedFile.MaximumJsonBytes, "source map"),
        };
        return source.WithSignature().WithDraft(surroundings, manifest is null ? null : surroundings.PathOf(manifest));
    }

    private static string ModuleOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return path;
        }

        var module = Path.Combine(path, PackageFiles.Module);
        if (File.Exists(module))
        {
            return module;
        }

        throw CommandException.Usage(
            $"The folder {path} has no {PackageFiles.Module}.",
            File.Exists(Path.Combine(path, DraftName))
                ? "There is a manifest, but the module is not built."
                : "A plugin is a folder with that module, or the path of a module.",
            File.Exists(Path.Combine(path, "README.md"))
                ? "Build it; its README.md says how."
                : "Build the plugin, or name its .wasm file.");
    }

    private PluginSource WithSignature()
    {
        var path = File.Exists(BundlePath) ? BundlePath : EnvelopePath;
        var file = BoundedFile.ReadIfThere(path, BoundedFile.MaximumSignatureBytes, "signature file");
        return file is null ? this : this with { SignatureFile = file, SignaturePath = path };
    }

    // A manifest.json beside any other module than plugin.wasm may be another's.
    private PluginSource WithDraft(Surroundings surroundings, string? path)
    {
        var isNamed = path is not null;
        path ??= Path.Combine(Folder, DraftName);
        if (!isNamed && (Path.GetFileName(ModulePath) != PackageFiles.Module || !File.Exists(path)))
        {
            return this;
        }

        var draft = BoundedFile.Read(path, BoundedFile.MaximumSignatureBytes, "manifest");
        return this with { Draft = draft, DraftPath = surroundings.Show(path) };
    }
}
