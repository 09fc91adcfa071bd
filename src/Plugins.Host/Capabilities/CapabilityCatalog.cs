using System.Collections.Frozen;
using Plugins.Host.Capabilities.Variables;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities;

/// <summary>The capabilities a host offers: the built-in ones and those of the application.</summary>
internal sealed class CapabilityCatalog
{
    private readonly FrozenDictionary<string, Capability> _capabilities;

    internal CapabilityCatalog(IReadOnlyCollection<Capability> ofApplication)
    {
        _capabilities = BuiltIn.ExceptBy(ofApplication.Select(c => c.Name), c => c.Name, StringComparer.Ordinal)
            .Concat(ofApplication).ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);
        RenamedPermissions = ofApplication
            .Where(function => function.Permission is not null && function.Permission != function.Name)
            .ToFrozenDictionary(function => function.Name, function => function.Permission!, StringComparer.Ordinal);
    }

    internal static IReadOnlyList<Capability> BuiltIn { get; } =
    [
        new ConfigReadCapability(),
        new VariablesReadCapability(),
        new VariablesWriteCapability(),
        new VariablesDeleteCapability(),
        new VariablesCompareExchangeCapability(),
        new ClockNowCapability(),
        new RandomBytesCapability(),
        new HttpSendCapability(),
    ];

    /// <summary>The one that an application may put its own in place of, as one over its own HTTP client.</summary>
    internal const string Replaceable = PermissionNames.HttpSend;

    /// <summary>Permissions of the application's functions that have another name than their function.</summary>
    internal IReadOnlyDictionary<string, string> RenamedPermissions { get; }

    internal Capability? Find(string name) => _capabilities.GetValueOrDefault(name);

    internal bool OffersPermission(string permission) =>
        PermissionNames.IsOfWasi(permission)
        || _capabilities.Values.Any(capability => capability.Permission == permission);
}
