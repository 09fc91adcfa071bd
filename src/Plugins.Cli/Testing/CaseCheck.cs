using System.Globalization;
using System.Text.Json;
using Plugins.Cli.Failures;
using Plugins.Cli.Hosting;
using Plugins.Cli.Terminals;
using Plugins.Cli.Testing.Cases;
using Plugins.Host.Capabilities.Variables;
using Plugins.Host.Errors;

namespace Plugins.Cli.Testing;

/// <summary>Holds what came out against what a case expects.</summary>
internal sealed class CaseCheck(TestCase test)
{
    private const int ShownCharacters = 160;

    private readonly List<Difference> _differences = [];

    internal IReadOnlyList<Difference> Differences => _differences;

    internal void NotRunnable(Complaint complaint) =>
        _differences.Add(new Difference("case", "a case that can be run", complaint.What));

    /// <summary>The first call that ended otherwise, of calls that should all end alike.</summary>
    internal void Calls(IReadOnlyList<CaseCall> calls)
    {
        foreach (var call in calls)
        {
            if (_differences.Count == 0)
            {
                Check(call);
            }
        }
    }

    internal void Logs(IReadOnlyList<GuestEntry> entries)
    {
        if (test.Logs is { } expected && !expected.SequenceEqual(entries))
        {
            Add("logs", Describe(expected), Describe(entries));
        }
    }

    internal async Task VariablesAsync(HostedPlugin hosted, CancellationToken token)
    {
        foreach (var (name, expected) in test.VariablesAfter)
        {
            var actual = await hosted.Variables.ReadAsync(new VariableKey(null, hosted.Plugin.Id, name), token);
            if (expected is null ? actual is not null : actual is null || !actual.AsSpan().SequenceEqual(expected))
            {
                Add(
                    $"variable {VisibleText.Escape(name)}",
                    expected is null ? "absent" : Describe(expected),
                    actual is null ? "absent" : Describe(actual));
            }
        }
    }

    private void Check(CaseCall call)
    {
        if (call.Failure is { } failure)
        {
            CheckFailure(failure);
        }
        else if (test.ExpectsFailure)
        {
            Add("call", DescribeExpectedFailure(), $"success, with the output {Describe(call.Output.Span)}");
        }
        else
        {
            CheckOutput(call.Output.Span);
        }
    }

    private void CheckOutput(ReadOnlySpan<byte> output)
    {
        if (test.Output is { } expected && !output.SequenceEqual(expected))
        {
            var at = output.CommonPrefixLength(expected);
            var where = Math.Max(output.Length, expected.Length) > ShownCharacters
                ? string.Create(CultureInfo.InvariantCulture, $" from byte {at:N0} on")
                : "";
            var start = where.Length > 0 ? at : 0;
            Add($"output{where}", Describe(expected.AsSpan(start)), Describe(output[start..]));
        }

        if (test.Json is { } json && !IsJson(output, json))
        {
            Add("output as JSON", VisibleText.Shorten(VisibleText.Escape(json), ShownCharacters), Describe(output));
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> output, string expected)
    {
        try
        {
            using var actual = JsonDocument.Parse(output.ToArray());
            using var wanted = JsonDocument.Parse(expected);
            return JsonElement.DeepEquals(actual.RootElement, wanted.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void CheckFailure(PluginException failure)
    {
        var isExpected = test switch
        {
            { Error: { } error } => failure is PluginGuestException guest && IsError(guest, error),
            { Trap: { } trap } => failure is PluginTrapException trapped && trapped.Trap == trap,
            { Failure: { } code } => failure.Code == code,
            _ => false,
        };
        if (!isExpected)
        {
            Add("call", test.ExpectsFailure ? DescribeExpectedFailure() : "success", failure.Message);
        }
    }

    private static bool IsError(PluginGuestException guest, ExpectedError error) =>
        (error.Code is null || guest.ExitCode == error.Code)
        && (error.Text is null || (guest.GuestMessage ?? "") == error.Text)
        && (error.Contains is null || (guest.GuestMessage ?? "").Contains(error.Contains, StringComparison.Ordinal));

    private string DescribeExpectedFailure() => test switch
    {
        { Error: { } error } => "an error"
            + (error.Text is { } text ? $" \"{VisibleText.Escape(text)}\"" : "")
            + (error.Contains is { } part ? $" with \"{VisibleText.Escape(part)}\" in its text" : "")
            + (error.Code is { } code ? $" (code {code})" : ""),
        { Trap: { } trap } => $"the trap {trap}",
        _ => $"the failure {test.Failure}",
    };

    private void Add(string what, string expected, string actual) =>
        _differences.Add(new Difference(what, expected, VisibleText.Shorten(VisibleText.Escape(actual), 1000)));

    private static string Describe(ReadOnlySpan<byte> bytes) => bytes.IsEmpty
        ? "nothing"
        : $"\"{VisibleText.Decode(bytes[..Math.Min(bytes.Length, ShownCharacters)])}\""
        + (bytes.Length > ShownCharacters ? $"… ({Page.Bytes(bytes.Length)})" : "");

    private static string Describe(IReadOnlyList<GuestEntry> entries) => entries.Count == 0
        ? "none"
        : string.Join("; ", entries.Take(10).Select(entry => $"{entry.Level}: {VisibleText.Escape(entry.Text)}"))
        + (entries.Count > 10 ? $"… ({entries.Count} entries)" : "");
}
