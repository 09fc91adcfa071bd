using Plugins.Host.Abi;
using Plugins.Host.Engines;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Host.Loading;

/// <summary>Makes manifests from modules, for plugins in development that are not signed yet.</summary>
/// <remarks>
/// Its functions are the exports that fit the ABI, and it asks for the permissions that the imports need, all of them
/// optional, so that a plugin runs with nothing granted. Change the rest by <c>with</c>. Pure functions, safe to use
/// from any thread.
/// </remarks>
public static class DevelopmentManifest
{
    private const string Publisher = "local";
    private const string UnknownName = "plugin";

    /// <summary>The host that a plugin asks to reach where the application's grants name none; there is none.</summary>
    /// <remarks>A manifest must ask for <c>http.send</c> within a scope. RFC 6761, section 6.4.</remarks>
    public const string NoHost = "host.invalid";

    private static readonly PermissionScope NoAddress = PermissionScope.Parse(PermissionNames.HttpSend, NoHost);

    /// <summary>Makes the manifest of a module, which is decoded and validated for it.</summary>
    /// <param name="module">The whole WebAssembly module.</param>
    /// <param name="options">Details that the module does not state; null for none.</param>
    /// <returns>
    /// The manifest of version 0.0.0, issued in 1970. It lists no functions, and thus is not valid, where the module
    /// exports none that the ABI could call.
    /// </returns>
    /// <exception cref="WasmException">The bytes are not a valid module.</exception>
    public static PluginManifest FromModule(ReadOnlySpan<byte> module, DevelopmentManifestOptions? options = null)
    {
        var description = Module.Describe(module);
        return Create(description.Imports, description.Exports, module, options);
    }

    /// <summary>Makes the manifest of a module that an engine has compiled.</summary>
    /// <param name="compiled">The compiled module.</param>
    /// <param name="module">The bytes that it was compiled from.</param>
    /// <param name="options">Details that the module does not state; null for none.</param>
    /// <inheritdoc cref="FromModule(ReadOnlySpan{byte}, DevelopmentManifestOptions?)" path="/returns"/>
    public static PluginManifest FromModule(
        IEngineModule compiled, ReadOnlySpan<byte> module, DevelopmentManifestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        return Create(compiled.Imports, compiled.Exports, module, options);
    }

    /// <summary>Makes an id from the name of a file or a folder.</summary>
    /// <param name="path">
    /// A name or path such as <c>target/word_count.wasm</c>; <c>plugin.wasm</c> takes the name of its folder.
    /// </param>
    /// <returns><c>local/word_count</c>, or <c>local/plugin</c> where nothing is left of the name.</returns>
    public static PluginId IdOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Path.GetFileName(path) == PackageFiles.Module)
        {
            path = Path.GetDirectoryName(Path.GetFullPath(path)) ?? string.Empty;
        }

        var name = Path.GetFileName(path.AsSpan());
        return PluginId.Parse(
            $"{Publisher}/{NameFrom(name.EndsWith(".wasm", StringComparison.Ordinal) ? name[..^5] : name)}");
    }

    /// <summary>The permissions that a capability needs.</summary>
    /// <param name="capability">The name that a guest imports from <c>plugins:host/v1</c>.</param>
    /// <returns>
    /// The permission of the same name for a function of the application; none for a name that no capability can have.
    /// </returns>
    public static IReadOnlyList<string> PermissionsOf(string capability)
    {
        ArgumentNullException.ThrowIfNull(capability);
        return capability switch
        {
            "config.read" => [],
            "variables.delete" => [PermissionNames.VariablesWrite],
            "variables.compare_exchange" => [PermissionNames.VariablesRead, PermissionNames.VariablesWrite],
            _ => PermissionNames.IsValid(capability) ? [capability] : [],
        };
    }

    /// <summary>The ABI that a module speaks, by its imports and exports.</summary>
    /// <param name="module">The module.</param>
    /// <returns>That of programs where it exports <c>_start</c> and imports nothing of the other.</returns>
    public static string AbiOf(ModuleDescription module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return WasiContract.IsCommand(module.Imports, module.Exports) ? AbiNames.WasiCommand : AbiNames.Version;
    }

    private static PluginManifest Create(
        IEnumerable<ImportType> imports,
        IEnumerable<ExportType> exports,
        ReadOnlySpan<byte> module,
        DevelopmentManifestOptions? options)
    {
        options ??= new DevelopmentManifestOptions();
        var isCommand = WasiContract.IsCommand(imports, exports);
        return new PluginManifest
        {
            Id = options.Id,
            Version = SemanticVersion.Parse("0.0.0"),
            Sequence = 0,
            Module = ManifestModule.Describe(module),
            Abi = isCommand ? AbiNames.WasiCommand : AbiNames.Version,
            Functions =
            [
                .. exports.Where(export => isCommand ? export.Name == AbiNames.Start : AbiContract.IsEntry(export))
                    .Take(PluginManifest.MaxFunctions).Select(export => new ExportedFunction { Name = export.Name }),
            ],
            Permissions = [.. RequestsOf(imports, options)],
            Config =
            [
                .. options.ConfigKeys.Distinct(StringComparer.Ordinal).Select(key => new ConfigKey { Key = key }),
            ],
            IssuedAt = DateTimeOffset.UnixEpoch,
        };
    }

    private static IEnumerable<PermissionRequest> RequestsOf(
        IEnumerable<ImportType> imports, DevelopmentManifestOptions options) => imports
        .SelectMany(import => import.Module switch
        {
            AbiNames.WasiModule => WasiContract.PermissionsOf(import.Name),
            not AbiNames.HostModule => [],
            _ => options.FunctionPermissions.TryGetValue(import.Name, out var permission)
                ? [permission]
                : PermissionsOf(import.Name),
        })
        .Distinct(StringComparer.Ordinal)
        .Take(PluginManifest.MaxPermissions)
        .Select(name => new PermissionRequest
        {
            Name = name,
            Reason = "The module imports what needs it.",
            Scope = name == PermissionNames.HttpSend ? AddressesOf(options.Permissions) : PermissionScope.Unlimited,
        });

    private static PermissionScope AddressesOf(PermissionCeiling permissions)
    {
        var scope = permissions.ScopeOf(PermissionNames.HttpSend);
        return scope.IsUnlimited || scope.IsEmpty ? NoAddress : scope;
    }

    // A part of an id has lowercase letters and digits with single marks between them.
    private static string NameFrom(ReadOnlySpan<char> text)
    {
        var name = new char[PluginId.MaxPartLength];
        var length = 0;
        foreach (var character in text)
        {
            var isMark = !char.IsAsciiLetterOrDigit(character);
            if (length == name.Length || (isMark && (length == 0 || !char.IsAsciiLetterOrDigit(name[length - 1]))))
            {
                continue;
            }

            name[length++] = isMark && character is not ('_' or '.') ? '-' : char.ToLowerInvariant(character);
        }

        var result = new string(name, 0, length).TrimEnd('-', '_', '.');
        return result.Length > 0 ? result : UnknownName;
    }
}
