using System.CommandLine;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Sources;
using Plugins.Cli.Terminals;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Cli.Inspecting;

/// <summary><c>plugins inspect</c>: what a module is made of, and what it could ever do, without running it.</summary>
internal static class InspectCommand
{
    // docs/abi.md, "What the guest imports".
    private static readonly string[] AbiFunctions =
        ["input_length", "input_read", "output_write", "error_write", "result_length", "result_read", "log"];

    private static readonly Argument<string> Plugin = new("plugin")
    {
        Description = "A .wasm file, or a folder with plugin.wasm.",
    };

    private static readonly Option<string?> ManifestOption = new("--manifest")
    {
        Description = "The manifest to hold the imports against, instead of the one beside the module.",
        HelpName = "file",
    };

    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command(
            "inspect", "Shows what a plugin is made of and what it can reach, without running it.")
        {
            Plugin, ManifestOption,
        };
        command.Answers(surroundings, (line, session) => Inspect(
            PluginSource.Open(surroundings, line.GetRequiredValue(Plugin), line.GetValue(ManifestOption)),
            session.Surroundings.Time.GetUtcNow()));
        return command;
    }

    internal static InspectAnswer Inspect(PluginSource source, DateTimeOffset now)
    {
        var (module, refusal) = Describe(source.Module);
        var missing = (refusal as UnsupportedFeatureException)?.Feature;
        var manifest = ManifestOf(source, module, now);
        var imports = module?.Imports.Select(Line).ToArray() ?? [];
        return new InspectAnswer
        {
            File = source.ModulePath,
            Bytes = source.Module.Length,
            Sha256 = Sha256Digest.Compute(source.Module).ToString(),
            Name = module?.Name,
            Refusal = refusal?.Message,
            Remedy = (refusal as UnsupportedFeatureException)?.Remedy,
            Abi = imports.Any(import => import.Role != "unknown") ? SynthesizedManifest.Abi : null,
            Features = FeaturesOf(source.Module, module, missing),
            Memory = module?.Exports.Select(export => export.Type).OfType<MemoryType>()
                .Select(memory => Describe(memory.Limits)).FirstOrDefault(),
            Sections = source.Module.AsSpan().StartsWith("\0asm"u8) ? SectionReader.Read(source.Module) : [],
            Imports = imports,
            Exports = module?.Exports.Select(Line).ToArray() ?? [],
            Manifest = manifest is null
                ? null
                : ManifestLine.Of(manifest, source.Draft is not null, source.Module),
            Signature = source.SignaturePath,
            Permissions = module is null ? [] : PermissionsOf(manifest, imports),
        };
    }

    private static (ModuleDescription? Module, WasmException? Refusal) Describe(byte[] module)
    {
        try
        {
            return (Module.Describe(module), null);
        }
        catch (WasmException exception)
        {
            return (null, exception);
        }
    }

    private static PluginManifest? ManifestOf(PluginSource source, ModuleDescription? module, DateTimeOffset now) =>
        source switch
    {
        { Draft: { } draft } when module is not null => ManifestDraft.Complete(draft, source.Module, now),
        { SignatureFile: { } file } => UnverifiedSignature.Read(file)?.Manifest,
        _ => null,
    };

    private static string[] FeaturesOf(byte[] bytes, ModuleDescription? module, string? missing)
    {
        var types = module is null ? [] : module.Imports.Select(import => import.Type)
            .Concat(module.Exports.Select(export => export.Type));
        return [.. FeatureScan.Read(bytes).Concat(FeatureScan.OfTypes(types)).Concat(missing is null ? [] : [missing])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static ImportLine Line(ImportType import) => new(
        import.Module,
        import.Name,
        Describe(import.Type),
        RoleOf(import),
        import.Module == SynthesizedManifest.HostModule ? SynthesizedManifest.PermissionsOf(import.Name) : []);

    private static string RoleOf(ImportType import) => import.Module switch
    {
        SynthesizedManifest.Abi when AbiFunctions.Contains(import.Name, StringComparer.Ordinal) => "abi",
        SynthesizedManifest.HostModule when PermissionNames.IsValid(import.Name) => "capability",
        _ => "unknown",
    };

    // Types of anything but functions begin with what they are, which has a column of its own.
    private static string Describe(ExternType type) => type is FunctionType
        ? type.ToString()!.ToLowerInvariant()
        : type.ToString()![(type.Kind.ToString().Length + 1)..].ToLowerInvariant();

    private static string Describe(Limits pages) =>
        $"{Page.Count(pages.Minimum, "page")} ({Page.Bytes(pages.Minimum * 65_536L)}), "
        + (pages.Maximum is { } maximum ? $"at most {Page.Number(maximum)}" : "no maximum of its own");

    private static ExportLine Line(ExportType export) => new(
        export.Name,
        export.Type.Kind.ToString().ToLowerInvariant(),
        Describe(export.Type),
        SynthesizedManifest.IsCallable(export));

    private static PermissionLine[] PermissionsOf(PluginManifest? manifest, IReadOnlyList<ImportLine> imports)
    {
        var used = imports.SelectMany(import => import.Permissions.Select(name => (Permission: name, import.Name)))
            .ToLookup(use => use.Permission, use => use.Name, StringComparer.Ordinal);
        var declared = manifest?.Permissions.ToLookup(request => request.Name, StringComparer.Ordinal);
        var names = used.Select(group => group.Key)
            .Concat(manifest?.Permissions.Select(request => request.Name) ?? [])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return
        [
            .. names.Select(name =>
            {
                var requests = declared?[name].ToArray() ?? [];
                var scope = requests is [var first, ..] && !first.Scope.IsUnlimited ? first.Scope.Items : null;
                return new PermissionLine(
                    name,
                    requests.Length > 0,
                    requests.Any(request => request.Required),
                    scope,
                    requests is [var request, ..] ? request.Reason : null,
                    [.. used[name].Distinct(StringComparer.Ordinal)]);
            }),
        ];
    }
}
