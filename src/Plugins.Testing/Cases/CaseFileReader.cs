using System.Collections.Frozen;
using Plugins.Host.Capabilities;
using Plugins.Manifest.Permissions;

namespace Plugins.Testing.Cases;

/// <summary>Reads a case file: strict JSON of at most 16 MiB and 10,000 cases.</summary>
internal static class CaseFileReader
{
    internal static readonly FrozenSet<string> BuiltIn = FrozenSet.Create(
        StringComparer.Ordinal,
        "config.read",
        "variables.read",
        "variables.write",
        "variables.delete",
        "variables.compare_exchange",
        "clock.now",
        "random.bytes");

    /// <summary>Reads a table; the name is for complaints.</summary>
    internal static PluginCaseFile Read(ReadOnlyMemory<byte> json, string name)
    {
        using var document = JsonField.Parse(json, name);
        var root = new JsonField(name, "", document.RootElement, new ByteBudget());
        List<PluginCase>? cases = null;
        var hosts = new Dictionary<string, ApplicationAnswers>(StringComparer.Ordinal);
        foreach (var (field, value) in root.Fields("$schema", "about", "plugins", "hosts", "cases"))
        {
            if (field == "cases")
            {
                cases = [.. value.Items(PluginCaseFile.MaximumCases).Select(CaseReader.Read)];
            }
            else if (field == "hosts")
            {
                hosts = value.Fields()
                    .ToDictionary(host => host.Name, host => ReadHost(host.Field), StringComparer.Ordinal);
            }
        }

        var file = new PluginCaseFile { Cases = cases ?? throw root.Fault("there are no cases"), Hosts = hosts };
        RequireHosts(file, name);
        return file;
    }

    private static ApplicationAnswers ReadHost(JsonField host) => new(host.Fields().ToDictionary(
        function => NameOf(function.Name, function.Field),
        IReadOnlyDictionary<string, ApplicationAnswer> (function) => function.Field.Fields().ToDictionary(
            answer => answer.Name, answer => ReadAnswer(answer.Field), StringComparer.Ordinal),
        StringComparer.Ordinal));

    private static string NameOf(string function, JsonField field)
    {
        if (!PermissionNames.IsValid(function))
        {
            throw field.Fault("not a function's name, which is lowercase words with dots between");
        }

        return BuiltIn.Contains(function) ? throw field.Fault("is built in, and answers by itself") : function;
    }

    private static ApplicationAnswer ReadAnswer(JsonField field)
    {
        var answer = new ApplicationAnswer(CapabilityStatus.Success, [], null, false);
        foreach (var (name, value) in field.Fields("result", "status", "message", "echo"))
        {
            answer = name switch
            {
                "result" => answer with { Result = value.Bytes() },
                "message" => answer with { Message = value.Text() },
                "echo" => answer with { Echo = value.Flag() },
                _ => answer with { Status = StatusOf(value) },
            };
        }

        return answer;
    }

    private static CapabilityStatus StatusOf(JsonField field) => field.Text() switch
    {
        "denied" => CapabilityStatus.Denied,
        "failed" => CapabilityStatus.Failed,
        "too large" => CapabilityStatus.TooLarge,
        "not found" => CapabilityStatus.NotFound,
        _ => throw field.Fault("expected denied, failed, too large or not found"),
    };

    private static void RequireHosts(PluginCaseFile file, string name)
    {
        foreach (var (index, test) in file.Cases.Index())
        {
            if (test.Host is { } host && !file.Hosts.ContainsKey(host))
            {
                var known = file.Hosts.Count == 0 ? "none" : string.Join(", ", file.Hosts.Keys);
                throw new PluginCaseFormatException(
                    name, $"cases[{index}].host", $"there is no host {host}; the file has {known}");
            }
        }
    }
}
