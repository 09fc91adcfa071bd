using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Plugins.Host.Errors;
using Plugins.Manifest.Text;
using Plugins.Testing.Describing;

namespace Plugins.Testing;

public sealed partial class TestedCall
{
    private const int ShownEntries = 10;

    /// <summary>Requires success, with any output.</summary>
    /// <exception cref="PluginAssertionException">It did not.</exception>
    public TestedCall ShouldSucceed() =>
        Failure is null ? this : throw Wrong("The call", "success", DescribeFailure(Failure));

    /// <summary>Requires success with exactly these bytes.</summary>
    /// <exception cref="PluginAssertionException">It did not; the message tells where they differ.</exception>
    public TestedCall ShouldOutput(ReadOnlySpan<byte> expected)
    {
        ShouldSucceed();
        return Output.Span.SequenceEqual(expected) ? this : throw Wrong(
            "The output",
            ByteText.Describe(expected),
            ByteText.Describe(Output.Span),
            ByteText.Difference(expected, Output.Span));
    }

    /// <summary>Requires success with exactly this text.</summary>
    /// <exception cref="PluginAssertionException">It did not; the message tells where they differ.</exception>
    public TestedCall ShouldOutput(string expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return ShouldOutput(Encoding.UTF8.GetBytes(expected));
    }

    /// <summary>Requires success with this JSON; white space and the order of names do not count.</summary>
    /// <exception cref="PluginAssertionException">It did not.</exception>
    public TestedCall ShouldOutputJson(string expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ShouldSucceed();
        return JsonText.Equal(Output, expected) ? this : throw Wrong(
            "The output as JSON", expected, ByteText.Describe(Output.Span));
    }

    /// <summary>Requires that the function itself failed with this text.</summary>
    /// <param name="text">The whole error text.</param>
    /// <param name="code">The code that the function returned; null for any.</param>
    /// <exception cref="PluginAssertionException">It did not.</exception>
    public TestedCall ShouldFail(string text, int? code = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Failure is PluginGuestException guest && (guest.GuestMessage ?? "") == text
            && (code is null || guest.ExitCode == code)
                ? this
                : throw Wrong(
                    "The call", $"a failure \"{VisibleText.Escape(text)}\"{DescribeCode(code)}", DescribeEnd());
    }

    /// <summary>Requires a failure with this code.</summary>
    /// <exception cref="PluginAssertionException">It did not.</exception>
    public TestedCall ShouldFail(PluginErrorCode code) =>
        Failure?.Code == code ? this : throw Wrong("The call", $"the failure {code}", DescribeEnd());

    /// <summary>Requires a trap.</summary>
    /// <param name="trap">The trap; null for any.</param>
    /// <exception cref="PluginAssertionException">It did not.</exception>
    public TestedCall ShouldTrap(TrapCode? trap = null) =>
        Failure is PluginTrapException trapped && (trap is null || trapped.Trap == trap)
            ? this
            : throw Wrong("The call", trap is null ? "a trap" : $"the trap {trap}", DescribeEnd());

    /// <summary>Requires a log entry with this level and text, among any others.</summary>
    /// <exception cref="PluginAssertionException">It did not.</exception>
    public TestedCall ShouldLog(LogLevel level, string text) =>
        Logs.Any(entry => entry.Level == level && entry.Text == text)
            ? this
            : throw Wrong("The log", $"{level} \"{VisibleText.Escape(text)}\"", DescribeLogs());

    /// <summary>Requires a call of a capability with this request, among any others.</summary>
    /// <param name="capability">The capability's name.</param>
    /// <param name="request">The whole request as text; null for any.</param>
    /// <exception cref="PluginAssertionException">It did not.</exception>
    public TestedCall ShouldCall(string capability, string? request = null) =>
        CapabilityCalls.Any(call => call.Capability == capability && (request is null || call.RequestText == request))
            ? this
            : throw Wrong(
                "The use of capabilities",
                request is null ? $"{capability}(…)" : $"{capability}(\"{VisibleText.Escape(request)}\")",
                DescribeCapabilities());

    /// <summary>Requires that the guest never called this capability.</summary>
    /// <exception cref="PluginAssertionException">It did.</exception>
    public TestedCall ShouldNotCall(string capability) =>
        CapabilityCalls.All(call => call.Capability != capability)
            ? this
            : throw Wrong("The use of capabilities", $"no {capability}", DescribeCapabilities());

    /// <summary>Requires success with at most this much fuel.</summary>
    /// <remarks>A plugin in process uses none that could be counted.</remarks>
    /// <exception cref="PluginAssertionException">It did not.</exception>
    public TestedCall ShouldUseFuel(long atMost)
    {
        ShouldSucceed();
        var used = Result?.FuelConsumed ?? 0;
        return used <= atMost ? this : throw Wrong("The fuel", $"at most {Number(atMost)}", Number(used));
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string DescribeCode(int? code) => code is null ? "" : $" with code {code}";

    // The host's messages hold the guest's text already, escaped.
    private static string DescribeFailure(PluginException failure) => $"{failure.Code}: {failure.Message}";

    private string DescribeEnd() => Failure is null
        ? $"success, with the output {ByteText.Describe(Output.Span)}"
        : DescribeFailure(Failure);

    private string DescribeLogs() => Logs.Count == 0 ? "no entry" : Join(
        Logs.Select(entry => $"{entry.Level} \"{VisibleText.Escape(entry.Text)}\""), Logs.Count);

    private string DescribeCapabilities() => CapabilityCalls.Count == 0 ? "no call" : Join(
        CapabilityCalls.Select(call =>
            $"{call.Capability}({ByteText.Describe(call.Request.Span)}) -> {call.Status?.ToString() ?? "the end"}"),
        CapabilityCalls.Count);

    private static string Join(IEnumerable<string> entries, int count) =>
        string.Join("; ", entries.Take(ShownEntries)) + (count > ShownEntries ? $"; … ({Number(count)} in all)" : "");

    private PluginAssertionException Wrong(
        string subject, string expected, string actual, IEnumerable<string>? difference = null)
    {
        var call = $"{_plugin.Id}: {Function}({ByteText.Describe(Input.Span)})";
        var fuel = Result is { FuelConsumed: > 0 } result ? $"fuel      {Number(result.FuelConsumed)}" : null;
        return new PluginAssertionException(
            $"{subject} of {call}",
            expected,
            actual,
            [
                .. difference ?? [],
                $"log       {DescribeLogs()}",
                $"called    {DescribeCapabilities()}",
                .. Optional(fuel),
            ]);
    }

    private static IEnumerable<string> Optional(string? line) => line is null ? [] : [line];
}
