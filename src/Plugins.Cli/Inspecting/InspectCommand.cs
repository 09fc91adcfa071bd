using System.CommandLine;
using System.Text;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Converting;
using Plugins.Cli.Sources;
using Plugins.Cli.Terminals;
using Plugins.Host.Abi;
using Plugins.Host.Loading;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Wasm;
using Plugins.Wasm.Debugging;
using Plugins.Wasm.Types;

namespace Plugins.Cli.Inspecting;

/// <summary><c>plugins inspect</c>: what a module is made of, and what it could ever do, without running it.</summary>
internal static class InspectCommand
{
    // More than any compiler writes; a file could name millions of empty ones.
    private const int ShownSections = 1000;

    private static readonly Argument<string> Plugin = new("plugin")
    {
        Description = "A folder with plugin.wasm, such as ., or a .wasm file.",
    };

    private static readonly Option<string?> ManifestOption = new("--manifest")
    {
        Description = "The manifest to compare the imports with, instead of the one beside the module.",
        HelpName = "file",
    };

    private static readonly Option<bool> AsText = new("--wat")
    {
        Description = "Prints the module as text instead.",
    };

    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command(
            "inspect", "Shows what a plugin contains, imports, exports and needs, without running it.")
        {
            Plugin, ManifestOption, AsText,
        };
        command.Answers(surroundings, (line, session) =>
        {
            var source = PluginSource.Open(
                surroundings, line.GetRequiredValue(Plugin), line.GetValue(ManifestOption), mayBeText: true);
            return line.GetValue(AsText)
                ? (Answer)TextOf(source)
                : Inspect(source, session.Surroundings.Time.GetUtcNow());
        });
        return command;
    }

    private static WatAnswer TextOf(PluginSource source)
    {
        var text = TextFormat.FromBinary(source.Module);
        return new WatAnswer("inspect")
        {
            File = source.ModulePath, Bytes = Encoding.UTF8.GetByteCount(text), Text = text,
        };
    }

    internal static InspectAnswer Inspect(PluginSource source, DateTimeOffset now)
    {
        var (module, refusal) = Describe(source.Module);
        var unsupported = refusal as UnsupportedFeatureException;
        var manifest = ManifestOf(source, module, now);
        var imports = module?.Imports.Select(Line).ToArray() ?? [];
        var sources = source.SourceMap is { } map ? module?.Sources.WithSourceMap(map) : module?.Sources;
        return new InspectAnswer
        {
            File = source.ModulePath,
            Bytes = source.Module.Length,
            Sha256 = Sha256Digest.Compute(source.Module).ToString(),
            Name = module?.Name,
            Refusal = refusal?.Message,
            Remedy = unsupported?.Remedy,
            Abi = module is null ? null : AbiOf(module, imports),
            Features = module is not null ? module.Features : unsupported is null ? [] : [unsupported.Feature],
            Producers = module is null
                ? []
                : [.. module.Producers.Select(made => $"{made.Name} {made.Version}".Trim())],
            TargetFeatures = module is null ? [] : module.TargetFeatures,
            Debug = sources is null ? null : DebugOf(module!, sources, source.SourceMap is not null),
            Memories = module is null ? [] : [.. module.Memories.Select((_, index) => MemoryLine.Of(module, index))],
            Sections = [.. Module.ListSections(source.Module).Take(ShownSections).Select(SectionLine.Of)],
            Imports = imports,
            Exports = module?.Exports.Select(export => Line(export, module, sources!)).ToArray() ?? [],
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
        { Draft: not null } when module is not null => ManifestDraft.Complete(source, now),
        { SignatureFile: { } file } => UnverifiedSignature.Read(file)?.Manifest,
        _ => null,
    };

    private static ImportLine Line(ImportType import) => new(
        import.Module,
        import.Name,
        Describe(import.Type),
        RoleOf(import),
        import.Module switch
        {
            AbiNames.HostModule => DevelopmentManifest.PermissionsOf(import.Name),
            AbiNames.WasiModule => WasiContract.PermissionsOf(import.Name),
            _ => [],
        });

    private static string? AbiOf(ModuleDescription module, IEnumerable<ImportLine> imports) =>
        imports.All(import => import.Role == "unknown") ? null : DevelopmentManifest.AbiOf(module);

    private static string RoleOf(ImportType import) => import.Module switch
    {
        AbiNames.AbiModule when AbiContract.Functions.ContainsKey(import.Name) => "abi",
        AbiNames.HostModule when PermissionNames.IsValid(import.Name) => "capability",
        AbiNames.WasiModule when WasiContract.Functions.ContainsKey(import.Name) => "wasi",
        _ => "unknown",
    };

    // Types of anything but functions begin with what they are, which has a column of its own.
    private static string Describe(ExternType type) => type is FunctionType
        ? type.ToString()!.ToLowerInvariant()
        : type.ToString()![(type.Kind.ToString().Length + 1)..].ToLowerInvariant();

    private static ExportLine Line(ExportType export, ModuleDescription module, SourcePositions sources) => new(
        export.Name,
        export.Type.Kind.ToString().ToLowerInvariant(),
        Describe(export.Type),
        AbiContract.IsEntry(export),
        SourceOf(export, module, sources));

    // What was inlined at its beginning is not its own.
    private static string? SourceOf(ExportType export, ModuleDescription module, SourcePositions sources) =>
        export.Type is FunctionType
            && module.GetCodeOffset(export.Index) is { } offset
            && sources.Find(offset) is [.., { InlinedFunction: null } function]
                ? (function.Position with { Column = 0 }).ToString()
                : null;

    private static string? DebugOf(ModuleDescription module, SourcePositions sources, bool hasMap) => sources switch
    {
        { IsEmpty: false } when hasMap => "a source map beside the module",
        { IsEmpty: false } when module.GetCustomSections(".debug_line").Any() => "DWARF",
        { IsEmpty: false } => "a source map in the module",
        { SourceMapUrl: { } url } => $"none; its source map is elsewhere: {url}",
        _ => null,
    };

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
