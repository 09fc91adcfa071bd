using System.Collections.Immutable;
using Plugins.Host.Abi;
using Plugins.Host.Capabilities;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Limits;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Wasi;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Host.Loading;

/// <summary>Checks a module's imports and exports against the ABI, its manifest and what the host offers.</summary>
internal sealed class ModuleContract
{
    private readonly PluginManifest _manifest;
    private readonly IEngineModule _module;
    private readonly Dictionary<string, ExternType> _exports;
    private readonly HashSet<ExpectedImport> _imports;

    internal ModuleContract(PluginManifest manifest, IEngineModule module)
    {
        _manifest = manifest;
        _module = module;
        _imports = [.. manifest.Imports];
        _exports = module.Exports.ToDictionary(export => export.Name, export => export.Type, StringComparer.Ordinal);
    }

    internal bool IsCommand => _manifest.Abi == AbiNames.WasiCommand;

    /// <summary>The functions of WASI that it imports.</summary>
    internal ImmutableArray<WasiFunction> WasiFunctions =>
    [
        .. _module.Imports.Where(import => import.Module == AbiNames.WasiModule)
            .Select(import => import.Name).Distinct(StringComparer.Ordinal)
            .Select(name => Plugins.Wasi.WasiFunctions.Preview1[name]),
    ];

    internal bool HasInitialize => !IsCommand && _exports.ContainsKey(AbiNames.Initialize);

    /// <summary>docs/abi.md, "What the guest exports".</summary>
    internal void CheckExports(PluginLimits limits)
    {
        RequireMemory(limits);
        if (IsCommand)
        {
            foreach (var function in _manifest.Functions)
            {
                RequireFunction(function.Name, AbiContract.Initialize);
            }

            return;
        }

        foreach (var function in _manifest.Functions)
        {
            RequireFunction(function.Name, AbiContract.Entry);
        }

        if (HasInitialize)
        {
            RequireFunction(AbiNames.Initialize, AbiContract.Initialize);
        }
    }

    /// <summary>docs/abi.md, "What the guest imports".</summary>
    internal ImmutableArray<CapabilityBinding> Bind(EffectiveGrant grant, CapabilityCatalog catalog)
    {
        var bindings = new Dictionary<string, CapabilityBinding>(StringComparer.Ordinal);
        foreach (var import in _module.Imports)
        {
            if (IsCapability(import))
            {
                bindings[import.Name] = Bind(import, grant, catalog);
            }
        }

        return [.. bindings.Values];
    }

    /// <summary>The same as far as no application is needed for it.</summary>
    internal void CheckImports(CapabilityCatalog builtIn)
    {
        HashSet<string> requested = [.. _manifest.Permissions.Select(request => request.Name)];
        var ofOthers = requested.Except(_module.Imports.Select(import => import.Name), StringComparer.Ordinal)
            .Any(permission => !builtIn.OffersPermission(permission));
        foreach (var import in _module.Imports.Where(IsCapability))
        {
            var capability = builtIn.Find(import.Name);

            // An application may put a function under a permission of another name.
            if (capability is not { Permission: null }
                && !requested.Contains(capability?.Permission ?? import.Name)
                && (capability is not null || !ofOthers))
            {
                throw NotRequested(import, capability?.Permission ?? import.Name);
            }
        }
    }

    /// <summary>True if it is a function of the host, and no other import than the ABI and the manifest have.</summary>
    private bool IsCapability(ImportType import)
    {
        RequireListed(import);
        switch (import.Module)
        {
            case AbiNames.WasiModule:
                CheckWasiFunction(import);
                return false;
            case AbiNames.AbiModule or AbiNames.HostModule when IsCommand:
                throw Refuse(LinkProblem.UnknownModule, import, "is not for programs that use WASI alone");
            case AbiNames.AbiModule:
                CheckAbiFunction(import);
                return false;
            case AbiNames.HostModule:
                CheckCapability(import);
                return true;
            default:
                throw Refuse(LinkProblem.UnknownModule, import, "is not part of the ABI the manifest names");
        }
    }

    /// <summary>What the publisher signed as the whole list of imports holds, where there is such a list.</summary>
    private void RequireListed(ImportType import)
    {
        if (_imports.Count > 0 && !_imports.Contains(new ExpectedImport(import.Module, import.Name)))
        {
            throw Refuse(LinkProblem.NotListed, import, "is not among the imports that the manifest lists");
        }
    }

    private static bool IsFunction(ExternType type, FunctionType expected) =>
        type is FunctionType actual && actual.Equals(expected);

    private void CheckAbiFunction(ImportType import)
    {
        if (!AbiContract.Functions.TryGetValue(import.Name, out var expected))
        {
            throw Refuse(LinkProblem.UnknownFunction, import, "is not a function of the ABI");
        }

        if (!IsFunction(import.Type, expected))
        {
            throw Refuse(LinkProblem.ImportType, import, $"is {import.Type}; the ABI has {expected}");
        }
    }

    private void CheckWasiFunction(ImportType import)
    {
        if (!WasiContract.Functions.TryGetValue(import.Name, out var expected))
        {
            throw Refuse(LinkProblem.UnknownFunction, import, "is not a function of WASI preview 1");
        }

        if (!IsFunction(import.Type, expected))
        {
            throw Refuse(LinkProblem.ImportType, import, $"is {import.Type}; WASI preview 1 has {expected}");
        }
    }

    private void CheckCapability(ImportType import)
    {
        if (!PermissionNames.IsValid(import.Name))
        {
            throw Refuse(LinkProblem.CapabilityName, import, "is not a capability's name");
        }

        if (!IsFunction(import.Type, AbiContract.Capability))
        {
            throw Refuse(
                LinkProblem.ImportType, import, $"is {import.Type}; capabilities are {AbiContract.Capability}");
        }
    }

    private CapabilityBinding Bind(ImportType import, EffectiveGrant grant, CapabilityCatalog catalog)
    {
        var capability = catalog.Find(import.Name);
        return capability is { Permission: null }
            ? new CapabilityBinding(import.Name, capability)
            : BindByPermission(import, capability, capability?.Permission ?? import.Name, grant);
    }

    private CapabilityBinding BindByPermission(
        ImportType import, Capability? capability, string permission, EffectiveGrant grant)
    {
        if (!grant.IsRequested(permission))
        {
            throw NotRequested(import, permission);
        }

        if (capability is not null && grant.IsGranted(permission))
        {
            return new CapabilityBinding(import.Name, capability);
        }

        var decisions = grant.Decisions.Where(decision => decision.Request.Name == permission).ToArray();
        var reason = capability is null
            ? "the application offers no such capability"
            : string.Join("; ", decisions.SelectMany(decision => decision.Restrictions));
        if (decisions.Any(decision => decision.Request.Required))
        {
            throw Refuse(LinkProblem.NotOffered, import, $"is required, but {reason}");
        }

        return new CapabilityBinding(import.Name, null, permission, reason);
    }

    private void RequireMemory(PluginLimits limits)
    {
        if (!_exports.TryGetValue(AbiNames.Memory, out var type))
        {
            throw Refuse(LinkProblem.ExportMissing, AbiNames.Memory, "is missing");
        }

        if (type is not MemoryType memory)
        {
            throw Refuse(LinkProblem.ExportType, AbiNames.Memory, $"is {type}; the ABI has a memory");
        }

        if (memory.Address != ValueKind.I32 || memory.PageBytes != LinearMemory.PageBytes)
        {
            throw Refuse(
                LinkProblem.ExportType,
                AbiNames.Memory,
                $"is {memory}; the ABI has one of 32-bit addresses and pages of 64 KiB");
        }

        if (memory.Limits.Minimum > (uint)limits.MemoryPages)
        {
            throw new PluginMemoryException(FailureSite.Load(_manifest.Id), limits.MemoryPages, null);
        }
    }

    private void RequireFunction(string name, FunctionType expected)
    {
        if (!_exports.TryGetValue(name, out var type))
        {
            throw Refuse(LinkProblem.ExportMissing, name, "is missing, though the manifest lists it");
        }

        if (!IsFunction(type, expected))
        {
            throw Refuse(LinkProblem.ExportType, name, $"is {type}; the ABI has {expected}");
        }
    }

    private PluginLinkException NotRequested(ImportType import, string permission) => Refuse(
        LinkProblem.PermissionNotRequested,
        import,
        $"needs the permission {permission}, which the manifest does not ask for");

    private PluginLinkException Refuse(LinkProblem problem, ImportType import, string detail) =>
        new(_manifest.Id, problem, import.Module, import.Name, detail);

    private PluginLinkException Refuse(LinkProblem problem, string export, string detail) =>
        new(_manifest.Id, problem, null, export, detail);
}
