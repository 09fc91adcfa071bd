using Plugins.Cli.Files;
using Plugins.Cli.Failures;
using Plugins.Host.Capabilities;

namespace Plugins.Cli.Testing.Cases;

/// <summary>Reads a case file: strict JSON of at most 16 MiB and 10,000 cases.</summary>
internal static class CaseFileReader
{
    internal const int MaximumCases = 10_000;

    /// <summary>Reads a table; the name is for complaints.</summary>
    internal static CaseFile Read(ReadOnlyMemory<byte> json, string name)
    {
        using var document = StrictField.Parse(json, name);
        var root = new StrictField(name, "", document.RootElement);
        List<TestCase>? cases = null;
        var hosts = new Dictionary<string, ApplicationAnswers>(StringComparer.Ordinal);
        foreach (var (field, value) in root.Fields("$schema", "about", "plugins", "hosts", "cases"))
        {
            if (field == "cases")
            {
                cases = [.. value.Items(MaximumCases).Select(TestCaseReader.Read)];
            }
            else if (field == "hosts")
            {
                hosts = value.Fields()
                    .ToDictionary(host => host.Name, host => ReadHost(host.Field), StringComparer.Ordinal);
            }
        }

        var file = new CaseFile { Cases = cases ?? throw root.Fault("there are no cases"), Hosts = hosts };
        RequireHosts(file, name);
        return file;
    }

    private static ApplicationAnswers ReadHost(StrictField host) => new(host.Fields().ToDictionary(
        function => function.Name,
        IReadOnlyDictionary<string, ApplicationAnswer> (function) => function.Field.Fields().ToDictionary(
            answer => answer.Name, answer => ReadAnswer(answer.Field), StringComparer.Ordinal),
        StringComparer.Ordinal));

    private static ApplicationAnswer ReadAnswer(StrictField field)
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

    private static CapabilityStatus StatusOf(StrictField field) => field.Text() switch
    {
        "denied" => CapabilityStatus.Denied,
        "failed" => CapabilityStatus.Failed,
        "too large" => CapabilityStatus.TooLarge,
        "not found" => CapabilityStatus.NotFound,
        _ => throw field.Fault("expected denied, failed, too large or not found"),
    };

    private static void RequireHosts(CaseFile file, string name)
    {
        foreach (var (index, test) in file.Cases.Index())
        {
            if (test.Host is { } host && !file.Hosts.ContainsKey(host))
            {
                throw CommandException.Usage(
                    $"{name}: cases[{index}].host: there is no host {host}.",
                    $"The file has the hosts {string.Join(", ", file.Hosts.Keys)}.",
                    "Name one of them, or add it to hosts.");
            }
        }
    }
}
