using Plugins.Host.Errors;
using Plugins.Manifest.Text;
using Plugins.Testing.Describing;
using Plugins.Testing.Recording;

namespace Plugins.Testing.Cases;

/// <summary>Holds what came out against what a case expects.</summary>
internal sealed class CaseCheck(PluginCase test)
{
    private const int ShownCharacters = 160;
    private const int ShownEntries = 10;

    private readonly List<PluginCaseDifference> _differences = [];

    internal IReadOnlyList<PluginCaseDifference> Differences => _differences;

    internal void NotRunnable(string reason) => Add("case", "a case that can be run", reason);

    /// <summary>The first call that ended otherwise, of calls that should all end alike.</summary>
    internal void Calls(IReadOnlyList<TestedCall> calls)
    {
        foreach (var call in calls)
        {
            if (_differences.Count == 0)
            {
                Check(call);
            }
        }
    }

    internal void Failure(PluginException failure)
    {
        var isExpected = test switch
        {
            { Trap: { } trap } => IsTrap(failure, trap) && (test.Error is null || IsText(failure, test.Error)),
            { Error: { } error } => failure is PluginGuestException guest
                && (error.Code is null || guest.ExitCode == error.Code) && IsText(guest, error),
            { Failure: { } code } => failure.Code == code,
            _ => false,
        };
        if (!isExpected)
        {
            Add("call", test.ExpectsFailure ? DescribeExpectedFailure() : "success", failure.Message);
        }
    }

    internal void Logs(IReadOnlyList<GuestLogEntry> entries)
    {
        if (test.Logs is { } expected && !expected.SequenceEqual(entries))
        {
            Add("logs", Describe(expected), Describe(entries));
        }
    }

    internal void Variables(IReadOnlyDictionary<string, byte[]> variables)
    {
        foreach (var (name, expected) in test.VariablesAfter)
        {
            var actual = variables.GetValueOrDefault(name);
            if (expected is null ? actual is not null : actual is null || !actual.AsSpan().SequenceEqual(expected))
            {
                Add(
                    $"variable {VisibleText.Escape(name)}",
                    expected is null ? "absent" : ByteText.Describe(expected),
                    actual is null ? "absent" : ByteText.Describe(actual));
            }
        }
    }

    private static bool IsTrap(PluginException failure, TrapCode trap) =>
        failure is PluginTrapException trapped && trapped.Trap == trap;

    private static bool IsText(PluginException failure, ExpectedError error) =>
        (error.Text is null || (failure.GuestMessage ?? "") == error.Text)
        && (error.Contains is null || (failure.GuestMessage ?? "").Contains(error.Contains, StringComparison.Ordinal));

    private void Check(TestedCall call)
    {
        if (call.Failure is { } failure)
        {
            Failure(failure);
        }
        else if (test.ExpectsFailure)
        {
            Add("call", DescribeExpectedFailure(), $"success, with the output {ByteText.Describe(call.Output.Span)}");
        }
        else
        {
            CheckOutput(call.Output);
        }
    }

    private void CheckOutput(ReadOnlyMemory<byte> written)
    {
        var output = written.Span;
        if (test.Output is { } expected && !output.SequenceEqual(expected))
        {
            var isLong = Math.Max(output.Length, expected.Length) > ShownCharacters;
            var start = isLong ? output.CommonPrefixLength(expected) : 0;
            Add(
                isLong ? $"output from byte {start} on" : "output",
                ByteText.Describe(expected.AsSpan(start)),
                ByteText.Describe(output[start..]));
        }

        if (test.Json is { } json && !JsonText.Equal(written, json))
        {
            Add(
                "output as JSON",
                VisibleText.Escape(json, ShownCharacters),
                ByteText.Describe(output));
        }
    }

    private string DescribeExpectedFailure() => test switch
    {
        { Trap: { } trap } => $"the trap {trap}"
            + (test.Error?.Text is { } text ? $" after \"{VisibleText.Escape(text)}\"" : ""),
        { Error: { } error } => "an error"
            + (error.Text is { } text ? $" \"{VisibleText.Escape(text)}\"" : "")
            + (error.Contains is { } part ? $" with \"{VisibleText.Escape(part)}\" in its text" : "")
            + (error.Code is { } code ? $" (code {code})" : ""),
        _ => $"the failure {test.Failure}",
    };

    private void Add(string what, string expected, string actual) => _differences.Add(
        new PluginCaseDifference(what, expected, VisibleText.Escape(actual, 1000)));

    private static string Describe(IReadOnlyList<GuestLogEntry> entries) => entries.Count == 0
        ? "none"
        : string.Join(
            "; ", entries.Take(ShownEntries).Select(entry => $"{entry.Level}: {VisibleText.Escape(entry.Text)}"))
        + (entries.Count > ShownEntries ? $"… ({entries.Count} entries)" : "");
}
