using System.Globalization;
using System.Text;

namespace Plugins.Manifest.Text;

public static partial class VisibleText
{
    /// <summary>Maximum length of an exception message of these packages.</summary>
    public const int MaximumMessageLength = 2048;

    /// <summary>Maximum length of the result of <see cref="Describe"/>.</summary>
    public const int MaximumDescriptionLength = 12 * 1024;

    private const int CutNoteLength = 40;
    private const int MaximumCauses = 4;
    private const int MaximumStackLength = 2048;
    private const int MaximumStackLineLength = 512;

    /// <summary>Describes an exception with its causes and stacks, harmless and bounded in length.</summary>
    /// <param name="exception">
    /// Any exception, whoever threw it. What it runs of its own code, such as its message, may throw.
    /// </param>
    /// <returns>
    /// At most <see cref="MaximumDescriptionLength"/> UTF-16 units, in lines of which those of messages are one each.
    /// </returns>
    public static string Describe(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var causes = new List<Exception>();
        for (var next = exception; next is not null && causes.Count < MaximumCauses; next = next.InnerException)
        {
            causes.Add(next);
        }

        var text = new StringBuilder();
        foreach (var cause in causes)
        {
            text.Append(text.Length == 0 ? "" : "\n ---> ");
            text.Append(DescribeOne(cause, MaximumMessageLength + CutNoteLength));
        }

        text.Append(causes[^1].InnerException is null ? "" : "\n ---> …");
        for (var index = causes.Count - 1; index >= 0; index--)
        {
            text.Append(StackOf(causes[index]));
            text.Append(index == 0 ? "" : "\n   --- End of inner exception stack trace ---");
        }

        return Escape(text.ToString(), MaximumDescriptionLength - CutNoteLength, keepLines: true);
    }

    /// <summary>Type and message of an exception on one line, without its causes.</summary>
    private static string DescribeOne(Exception exception, int maximumLength)
    {
        var others = exception is AggregateException { InnerExceptions.Count: > 1 and var count }
            ? string.Create(CultureInfo.InvariantCulture, $" ({count} inner exceptions, the first follows)")
            : "";
        return $"{Name(exception.GetType().ToString())}: {Escape(MessageOf(exception), maximumLength)}{others}";
    }

    /// <summary>The stack of an exception, each line after a line feed and indented, bounded.</summary>
    private static string StackOf(Exception exception)
    {
        var text = new StringBuilder();
        foreach (var line in Read(() => exception.StackTrace).AsSpan().Trim().EnumerateLines())
        {
            // Indented anew, so that no line passes for an entry of a log.
            var visible = Escape(line.Trim().ToString(), MaximumStackLineLength);
            if (text.Length + visible.Length > MaximumStackLength)
            {
                return text.Append("\n   …").ToString();
            }

            text.Append(visible.Length == 0 ? "" : "\n   ").Append(visible);
        }

        return text.ToString();
    }

    // The message of an aggregate repeats all messages below it.
    private static string MessageOf(Exception exception) => exception is AggregateException
        ? "One or more errors occurred."
        : Read(() => exception.Message);

    private static string Read(Func<string?> text)
    {
        try
        {
            return text() ?? "";
        }
        catch (Exception exception)
        {
            return $"(not to be had: {Name(exception.GetType().ToString())})";
        }
    }
}
