using System.Globalization;
using Plugins.Host.Errors;

namespace QuickStart;

/// <summary>Prints headings, aligned facts, and failures with what they mean.</summary>
internal static class Page
{
    private const int Width = 100;
    private const int LabelWidth = 18;

    private static int _headings;

    internal static void Heading(string text)
    {
        var heading = $"{++_headings}. {text}";
        Console.WriteLine();
        Console.WriteLine(heading);
        Console.WriteLine(new string('-', heading.Length));
    }

    /// <summary>A line of text.</summary>
    internal static void Say(string text) => Console.WriteLine(text);

    /// <summary>A label and what belongs to it, continued below where it is long.</summary>
    internal static void Fact(string label, string text)
    {
        var line = $"  {label}".PadRight(LabelWidth);
        foreach (var word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > Width && line.Length > LabelWidth)
            {
                Console.WriteLine(line);
                line = new string(' ', LabelWidth);
            }

            line += line.Length == LabelWidth ? word : " " + word;
        }

        Console.WriteLine(line);
    }

    /// <summary>What was tried, what the host threw, and what can be done about it.</summary>
    internal static void Stopped(string attempt, PluginException failure, string advice)
    {
        Console.WriteLine();
        Console.WriteLine(attempt);
        Fact("stopped by", $"{failure.GetType().Name}, code {failure.Code:D} {failure.Code}");
        Fact("because", failure.Message);
        Fact("what to do", advice);
    }

    internal static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Milliseconds(TimeSpan time) =>
        time.TotalMilliseconds.ToString("N3", CultureInfo.InvariantCulture) + " ms";
}
