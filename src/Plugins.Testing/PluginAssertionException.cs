using System.Globalization;
using System.Text;
using Plugins.Manifest.Text;

namespace Plugins.Testing;

/// <summary>A call did not end as a test expects.</summary>
/// <remarks>Every test framework shows it as a failed test. Immutable once thrown.</remarks>
public sealed class PluginAssertionException : Exception
{
    // As much as a person reads; the parts are cut where they are made.
    private const int MaximumLength = 16 * 1024;

    internal PluginAssertionException(
        string subject, string expected, string actual, params IEnumerable<string> details)
        : base(VisibleText.Escape(Compose(subject, expected, actual, [.. details]), MaximumLength, keepLines: true))
    {
        Subject = subject;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>The thing that was checked, such as the output of a call.</summary>
    public string Subject { get; }

    /// <summary>The expectation, in words.</summary>
    public string Expected { get; }

    /// <summary>The actual outcome, in words; text from the guest is escaped.</summary>
    public string Actual { get; }

    private static string Compose(string subject, string expected, string actual, string[] details)
    {
        var message = new StringBuilder();
        message.AppendLine(CultureInfo.InvariantCulture, $"{subject} is not as expected.");
        message.AppendLine(CultureInfo.InvariantCulture, $"  expected  {expected}");
        message.AppendLine(CultureInfo.InvariantCulture, $"  but was   {actual}");
        foreach (var detail in details)
        {
            message.AppendLine(CultureInfo.InvariantCulture, $"  {detail}");
        }

        return message.ToString().ReplaceLineEndings("\n").TrimEnd();
    }
}
