using Plugins.Cli.Failures;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Cli.Sources;

/// <summary>The manifest of a module that has none: its exports that fit the ABI, and what its imports need.</summary>
/// <remarks>Everything is asked for as optional, so that such a module runs with nothing granted.</remarks>
internal static class SynthesizedManifest
{
    internal const string Abi = "plugins:abi/v1";
    internal const string HostModule = "plugins:host/v1";

    private static readonly FunctionType Entry = new([], [ValueKind.I32]);

    internal static PluginManifest Create(PluginSource source, IEnumerable<string> configKeys, DateTimeOffset now)
    {
        var module = Module.Describe(source.Module);
        return new PluginManifest
        {
            Id = IdOf(source.Name),
            Version = SemanticVersion.Parse("0.0.0"),
            Sequence = 0,
            Module = ManifestModule.Describe(source.Module),
            Abi = Abi,
            Functions = RequireAny([.. FunctionsOf(module)], source),
            Permissions = [.. PermissionsOf(module)],
            Config = [.. configKeys.Distinct(StringComparer.Ordinal).Select(key => new ConfigKey { Key = key })],
            IssuedAt = now,
        };
    }

    /// <summary>The exports that the ABI could call.</summary>
    internal static IEnumerable<ExportedFunction> FunctionsOf(ModuleDescription module) => module.Exports
        .Where(IsCallable)
        .Take(1024)
        .Select(export => new ExportedFunction { Name = export.Name });

    /// <summary>The permissions that a capability needs.</summary>
    internal static IReadOnlyList<string> PermissionsOf(string capability) => capability switch
    {
        "config.read" => [],
        "variables.delete" => [PermissionNames.VariablesWrite],
        "variables.compare_exchange" => [PermissionNames.VariablesRead, PermissionNames.VariablesWrite],
        _ => PermissionNames.IsValid(capability) ? [capability] : [],
    };

    /// <summary>Whether the ABI could call it: () -> i32, under a name that a manifest may list.</summary>
    internal static bool IsCallable(ExportType export) =>
        export.Type is FunctionType type && type.Equals(Entry) && IsName(export.Name);

    private static ExportedFunction[] RequireAny(ExportedFunction[] functions, PluginSource source) =>
        functions.Length > 0 ? functions : throw new CommandException(new Complaint(
            ExitCode.Refused,
            "Link",
            $"{source.ModulePath} exports no function that could be called.",
            "The ABI calls functions of the type () -> i32.",
            "Run plugins inspect to see its exports; docs/writing-plugins.md shows how to make one."));

    private static IEnumerable<PermissionRequest> PermissionsOf(ModuleDescription module) => module.Imports
        .Where(import => import.Module == HostModule)
        .SelectMany(import => PermissionsOf(import.Name))
        .Distinct(StringComparer.Ordinal)
        .Take(128)
        .Select(name => new PermissionRequest
        {
            Name = name,
            Reason = "The module imports it.",
            Scope = name == PermissionNames.HttpSend
                ? PermissionScope.Parse(name, "host.invalid")
                : PermissionScope.Unlimited,
        });

    private static bool IsName(string name) => name is not "_initialize" && name.Length is > 0 and <= 255
        && name.All(character => character is > ' ' and < '\x7F' and not '"' and not '\\');

    // A plugin id takes lowercase letters, digits and single marks between them.
    private static PluginId IdOf(string name)
    {
        var letters = name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        var parts = string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var text = string.Join('-', parts);
        return PluginId.TryParse(
            $"local/{text[..Math.Min(text.Length, PluginId.MaxPartLength)].TrimEnd('-')}", out var id)
            ? id
            : PluginId.Parse("local/plugin");
    }
}
