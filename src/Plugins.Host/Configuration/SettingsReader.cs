using System.Globalization;
using Microsoft.Extensions.Configuration;
using Plugins.Manifest.Text;

namespace Plugins.Host.Configuration;

/// <summary>Reads one section of an application's configuration, and collects what is wrong with it.</summary>
/// <remarks>
/// Each fault begins with its path. Where a value is faulty or absent, the present one stays, so that one run finds all
/// faults. For one thread.
/// </remarks>
internal sealed class SettingsReader(IConfiguration section, List<string> faults)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    internal string? Text(string key)
    {
        if (Find(key) is not { } setting)
        {
            return null;
        }

        if (setting.GetChildren().Any())
        {
            Fail(key, "must be a value, not a section");
        }
        else if (string.IsNullOrWhiteSpace(setting.Value))
        {
            Fail(key, "is empty");
        }
        else
        {
            return setting.Value;
        }

        return null;
    }

    internal long Number(string key, long present, long minimum, long maximum)
    {
        if (Text(key) is not { } text)
        {
            return present;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum)
        {
            return number;
        }

        Fail(key, $"is '{VisibleText.Name(text)}'; it must be a whole number from {minimum} to {maximum}");
        return present;
    }

    internal int Number(string key, int present, int minimum, int maximum) =>
        (int)Number(key, (long)present, minimum, maximum);

    internal bool Switch(string key, bool present)
    {
        if (Text(key) is not { } text || bool.TryParse(text, out present))
        {
            return present;
        }

        Fail(key, $"is '{VisibleText.Name(text)}'; it must be true or false");
        return present;
    }

    /// <summary>A time, but no number: the base library reads 5 as five days.</summary>
    internal TimeSpan? Time(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time))
        {
            return time;
        }

        Fail(key, $"is '{VisibleText.Name(text)}'; it must be a time such as 00:00:05");
        return null;
    }

    /// <summary>A time from zero to a maximum.</summary>
    internal TimeSpan? Time(string key, TimeSpan maximum)
    {
        var time = Time(key);
        if (time >= TimeSpan.Zero && time <= maximum)
        {
            return time;
        }

        if (time is not null)
        {
            Fail(key, $"is out of range: it must be from 0 to {maximum.ToString("c", CultureInfo.InvariantCulture)}");
        }

        return null;
    }

    /// <summary>A share above 0 and up to 1.</summary>
    internal double Share(string key, double present)
    {
        if (Text(key) is not { } text)
        {
            return present;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            && share is > 0 and <= 1)
        {
            return share;
        }

        Fail(key, $"is '{VisibleText.Name(text)}'; it must be a number above 0 and up to 1");
        return present;
    }

    /// <summary>True if there is anything below a key.</summary>
    internal bool Has(string key) => Find(key) is not null;

    /// <summary>One of an enumeration's names, in any case; no number.</summary>
    internal T? Choice<T>(string key)
        where T : struct, Enum
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        foreach (var name in Enum.GetNames<T>())
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return Enum.Parse<T>(name);
            }
        }

        Fail(key, $"is '{VisibleText.Name(text)}'; it must be one of {string.Join(", ", Enum.GetNames<T>())}");
        return null;
    }

    /// <summary>What a text means; null where there is none, or it is faulty.</summary>
    internal T? Parsed<T>(string key, Func<string, T> parse)
        where T : class
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        try
        {
            return parse(text);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            Fail(key, $"is faulty: {VisibleText.Escape(exception.Message.TrimEnd('.'))}");
            return null;
        }
    }

    /// <summary>The items of a list, or null where there is none; an empty one has no items.</summary>
    internal IConfigurationSection[]? List(string key)
    {
        if (Find(key) is not { } list)
        {
            return null;
        }

        if (!string.IsNullOrEmpty(list.Value))
        {
            Fail(key, "must be a list, not a value");
            return null;
        }

        return [.. list.GetChildren()];
    }

    /// <summary>The section below a key.</summary>
    internal SettingsReader Section(string key)
    {
        var below = section.GetSection(key);
        if (Find(key) is { Value.Length: > 0 })
        {
            Fail(key, "must be a section, not a value");
        }

        return new SettingsReader(below, faults);
    }

    /// <summary>What a section has below names of the application's choice; nothing where it is absent.</summary>
    internal IConfigurationSection[] Named(string key)
    {
        if (Find(key) is not { } named)
        {
            return [];
        }

        if (!string.IsNullOrEmpty(named.Value))
        {
            Fail(key, "must be a section, not a value");
        }

        return [.. named.GetChildren()];
    }

    internal void Fail(string key, string fault) => faults.Add($"{PathOf(key)} {fault}.");

    internal string PathOf(string key) => section.GetSection(key).Path;

    /// <summary>Refuses keys that nobody has asked for, most of which are misspelt.</summary>
    internal void RequireKnown(params ReadOnlySpan<string> setInCode)
    {
        foreach (var setting in section.GetChildren())
        {
            if (_known.Contains(setting.Key))
            {
                continue;
            }

            var isSetInCode = setInCode.Contains(setting.Key, StringComparer.OrdinalIgnoreCase);
            var path = VisibleText.Name(setting.Path);
            var near = NearestName.To(setting.Key, _known);
            var guess = near is null ? string.Empty : $" (did you mean '{near}'?)";
            faults.Add(isSetInCode
                ? $"{path} is set in code, not in the configuration."
                : $"{path} is unknown{guess}.");
        }
    }

    private IConfigurationSection? Find(string key)
    {
        _known.Add(key);
        var setting = section.GetSection(key);
        return setting.Exists() ? setting : null;
    }
}
