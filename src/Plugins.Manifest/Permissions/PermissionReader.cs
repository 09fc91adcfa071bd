using Plugins.Manifest.Json;

namespace Plugins.Manifest.Permissions;

/// <summary>Reads permissions from a manifest or a trust policy.</summary>
internal static class PermissionReader
{
    private const int MaxReasonLength = 512;

    public static PermissionRequest ReadRequest(JsonValue value)
    {
        var name = ReadName(value);
        var scope = ReadScope(value, name);

        // A plugin that may reach any host is not worth calling scoped.
        if (scope is null && name == PermissionNames.HttpSend)
        {
            throw value.Misspelt("scope")
                ?? value.FailAt("scope", ManifestFormatProblem.MissingField, "the hosts that the plugin talks to");
        }

        return new PermissionRequest
        {
            Name = name,
            Scope = scope ?? PermissionScope.Unlimited,
            Reason = value.Required("reason").AsText(MaxReasonLength),
            Required = value.Optional("required")?.AsBoolean() ?? false,
        };
    }

    public static string ReadName(JsonValue value) =>
        value.Required("name").AsText(
            PermissionNames.MaxLength, name => PermissionNames.IsValid(name), PermissionNames.Form);

    /// <summary>Nothing when no scope is written, which means everywhere.</summary>
    public static PermissionScope? ReadScope(JsonValue value, string permission)
    {
        var list = value.Optional("scope");
        if (list is null)
        {
            return null;
        }

        var items = list.AsArray(1, PermissionScope.MaxItems);
        string[] texts = [.. items.Select(item => item.AsText(PermissionScope.MaxItemLength))];
        var scope = PermissionScope.TryParse(permission, texts, out var badItem);
        var bad = badItem < 0 ? list : items[badItem];
        return scope ?? throw bad.Fail(ManifestFormatProblem.InvalidValue, PermissionScope.FormOf(permission));
    }
}
