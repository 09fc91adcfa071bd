using Plugins.Cli.Failures;

namespace Plugins.Cli.Hosting;

/// <summary>A <c>name=value</c> of the command line.</summary>
internal readonly record struct Setting(string Name, string Value)
{
    internal static Setting Parse(string text, string option)
    {
        var index = text.IndexOf('=', StringComparison.Ordinal);
        return index > 0
            ? new Setting(text[..index], text[(index + 1)..])
            : throw CommandException.Usage(
                $"{option} {text} is not of the form name=value.",
                "Everything before the first = is the name.",
                $"Write it as {option} name=value.");
    }

    /// <summary>All of them; of one name that is given twice, nobody could tell which counts.</summary>
    internal static Dictionary<string, string> ParseAll(IEnumerable<string> texts, string option)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in texts.Select(text => Parse(text, option)))
        {
            if (!settings.TryAdd(setting.Name, setting.Value))
            {
                throw CommandException.Usage(
                    $"{option} {setting.Name} is given twice.", "Only one can count.", "Leave one of them out.");
            }
        }

        return settings;
    }
}
