using System.Text.Json;
using Microsoft.Extensions.Logging;
using Plugins.Host.Errors;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Testing.Recording;

namespace Plugins.Testing.Cases;

/// <summary>Reads one case of a case file.</summary>
internal static class CaseReader
{
    private static readonly string[] Known =
    [
        "name", "plugin", "function", "input", "stream", "host", "config", "grants", "variables", "limits", "parallel",
        "sandbox", "output", "json", "error", "failure", "trap", "logs", "variablesAfter",
    ];

    internal static PluginCase Read(JsonField field)
    {
        var test = new PluginCase { Name = "" };
        foreach (var (name, value) in field.Fields(Known))
        {
            test = ReadCall(test, name, value) ?? ReadExpectation(test, name, value);
        }

        return test switch
        {
            { Name: "" } => throw field.Fault("a case needs a name"),
            { ExpectsFailure: true } and ({ Output: not null } or { Json: not null }) =>
                throw field.Fault("a call either fails or has an output"),
            { Trap: not null, Failure: not null and not PluginErrorCode.Trap } =>
                throw field.Fault("a trap is the failure Trap"),
            _ => test,
        };
    }

    private static PluginCase? ReadCall(PluginCase test, string name, JsonField value) => name switch
    {
        "name" => test with { Name = value.Text() },
        "plugin" => test with { Plugin = value.Text() },
        "function" => test with { Function = value.Text() },
        "input" => test with { Input = value.Bytes() },
        "stream" => test with { IsStreamed = value.Flag() },
        "sandbox" => test with { SaysSandbox = value.Flag() },
        "host" => test with { Host = value.Text() },
        "config" => test with { Config = MapOf(value, setting => setting.Text()) },
        "grants" => test with { Grants = ReadGrants(value) },
        "variables" => test with { Variables = MapOf(value, variable => variable.Bytes()) },
        "limits" => test with { Limits = ReadLimits(value) },
        "parallel" => test with { Parallel = value.Integer(1, 64) },
        _ => null,
    };

    private static PluginCase ReadExpectation(PluginCase test, string name, JsonField value) => name switch
    {
        "output" => test with { Output = value.Bytes() },
        "json" => test with { Json = value.Value.GetRawText() },
        "error" => test with { Error = ReadError(value) },
        "failure" => test with { Failure = value.Name<PluginErrorCode>() },
        "trap" => test with { Trap = value.Name<TrapCode>() },
        "logs" => test with { Logs = [.. value.Items(10_000).Select(ReadLog)] },
        _ => test with
        {
            VariablesAfter = MapOf(
                value, variable => variable.Value.ValueKind == JsonValueKind.Null ? null : variable.Bytes()),
        },
    };

    private static Dictionary<string, TValue> MapOf<TValue>(JsonField field, Func<JsonField, TValue> read) =>
        field.Fields().ToDictionary(entry => entry.Name, entry => read(entry.Field), StringComparer.Ordinal);

    private static ExpectedError ReadError(JsonField field)
    {
        var error = new ExpectedError(null, null, null);
        foreach (var (name, value) in field.Fields("code", "text", "contains"))
        {
            error = name switch
            {
                "code" => error with { Code = value.Integer(int.MinValue, int.MaxValue) },
                "text" => error with { Text = value.Text() },
                _ => error with { Contains = value.Text() },
            };
        }

        return error;
    }

    private static GuestLogEntry ReadLog(JsonField field)
    {
        var entry = new GuestLogEntry(LogLevel.Information, "");
        foreach (var (name, value) in field.Fields("level", "text"))
        {
            entry = name == "level"
                ? entry with { Level = value.Name<LogLevel>() }
                : entry with { Text = value.Text() };
        }

        return entry;
    }

    // A list of names, or an object of names with scopes.
    private static PermissionGrant[] ReadGrants(JsonField field) => field.Value.ValueKind == JsonValueKind.Object
        ? [.. field.Fields().Select(grant => Grant(
            grant.Field, grant.Name, [.. grant.Field.Items(64).Select(item => item.Text())]))]
        : [.. field.Items(128).Select(item => Grant(item, item.Text(), null))];

    private static PermissionGrant Grant(JsonField field, string name, string[]? scope)
    {
        try
        {
            return scope is null ? new PermissionGrant(name) : new PermissionGrant(name, scope);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw field.Fault($"not a permission: {exception.Message.TrimEnd('.')}");
        }
    }

    private static RequestedLimits ReadLimits(JsonField field)
    {
        var limits = new RequestedLimits();
        foreach (var (name, value) in field.Fields(
            "fuel", "wallTimeMs", "memoryPages", "tableElements", "stackBytes", "callDepth", "inputBytes",
            "outputBytes", "streamedInputBytes", "streamedOutputBytes", "errorBytes",
            "logBytes", "capabilityBytes", "hostCalls"))
        {
            var number = value.Long();
            limits = name switch
            {
                "fuel" => limits with { Fuel = number },
                "wallTimeMs" => limits with { WallTimeMilliseconds = number },
                "memoryPages" => limits with { MemoryPages = number },
                "tableElements" => limits with { TableElements = number },
                "stackBytes" => limits with { StackBytes = number },
                "callDepth" => limits with { CallDepth = number },
                "inputBytes" => limits with { InputBytes = number },
                "outputBytes" => limits with { OutputBytes = number },
                "streamedInputBytes" => limits with { StreamedInputBytes = number },
                "streamedOutputBytes" => limits with { StreamedOutputBytes = number },
                "errorBytes" => limits with { ErrorBytes = number },
                "logBytes" => limits with { LogBytes = number },
                "capabilityBytes" => limits with { CapabilityBytes = number },
                _ => limits with { HostCalls = number },
            };
        }

        return limits;
    }
}
