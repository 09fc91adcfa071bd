using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Testing.Abi;
using Plugins.Wasm.Types;

namespace Plugins.Testing.Loading;

/// <summary>The manifest of a module that has none: its exports that fit the ABI, and what its imports need.</summary>
/// <remarks>Everything is asked for as optional, so that such a module runs with nothing granted.</remarks>
internal static class SynthesizedManifest
{
    private const int MaximumFunctions = 1024;
    private const int MaximumPermissions = 128;

    // A request for addresses must have a scope; one that no address has asks for none.
    private static readonly PermissionScope NoAddress = PermissionScope.Parse(PermissionNames.HttpSend, "host.invalid");

    internal static PluginManifest Create(
        string name,
        IEnumerable<ImportType> imports,
        IEnumerable<ExportType> exports,
        IReadOnlyList<PermissionGrant> grants,
        IEnumerable<string> configKeys) => new()
        {
            Id = IdOf(name),
            Version = SemanticVersion.Parse("0.0.0"),
            Sequence = 0,
            Module = ManifestModule.Describe([]),
            Abi = GuestAbi.Version,
            Functions = [.. FunctionsOf(exports)],
            Permissions = [.. PermissionsOf(imports, grants)],
            Config = [.. configKeys.Select(key => new ConfigKey { Key = key })],
            IssuedAt = DateTimeOffset.UnixEpoch,
        };

    private static IEnumerable<ExportedFunction> FunctionsOf(IEnumerable<ExportType> exports) => exports
        .Where(IsCallable)
        .Take(MaximumFunctions)
        .Select(export => new ExportedFunction { Name = export.Name });

    private static bool IsCallable(ExportType export) => export.Name != GuestAbi.Initialize
        && export.Type is FunctionType type && type.Equals(GuestAbi.Entry)
        && export.Name.Length is > 0 and <= 255
        && export.Name.All(character => character is > ' ' and < '\x7F' and not '"' and not '\\');

    private static IReadOnlyList<string> PermissionsOf(string capability) => capability switch
    {
        "config.read" => [],
        "variables.delete" => [PermissionNames.VariablesWrite],
        "variables.compare_exchange" => [PermissionNames.VariablesRead, PermissionNames.VariablesWrite],
        _ => PermissionNames.IsValid(capability) ? [capability] : [],
    };

    private static IEnumerable<PermissionRequest> PermissionsOf(
        IEnumerable<ImportType> imports, IReadOnlyList<PermissionGrant> grants) => imports
        .Where(import => import.Module == GuestAbi.HostModule)
        .SelectMany(import => PermissionsOf(import.Name))
        .Distinct(StringComparer.Ordinal)
        .Take(MaximumPermissions)
        .Select(name => new PermissionRequest
        {
            Name = name,
            Reason = "The module imports it.",
            Required = false,
            Scope = name == PermissionNames.HttpSend ? AddressesOf(grants) : PermissionScope.Unlimited,
        });

    // The test's own grant is what the author means to ask for.
    private static PermissionScope AddressesOf(IReadOnlyList<PermissionGrant> grants) =>
        grants.LastOrDefault(grant => grant.Name == PermissionNames.HttpSend && !grant.Scope.IsUnlimited)?.Scope
        ?? NoAddress;

    // A plugin id takes lowercase letters, digits and single marks between them.
    private static PluginId IdOf(string name)
    {
        var letters = name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        var parts = string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var text = string.Join('-', parts);
        var part = text[..Math.Min(text.Length, PluginId.MaxPartLength)].TrimEnd('-');
        return PluginId.TryParse($"local/{part}", out var id)
            ? id
            : PluginId.Parse("local/plugin");
    }
}
