using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Plugins.Manifest;

/// <summary>A version as Semantic Versioning 2.0.0 defines it, ordered by precedence.</summary>
/// <remarks>
/// Equality looks at every character; <see cref="CompareTo"/> ignores build metadata, as clause 10 demands. Immutable,
/// thus safe for use from several threads.
/// </remarks>
public sealed partial record SemanticVersion : IComparable<SemanticVersion>
{
    /// <summary>Maximum length of a version, in characters.</summary>
    public const int MaxLength = 128;

    private SemanticVersion(long major, long minor, long patch, string preRelease, string build)
    {
        Major = major;
        Minor = minor;
        Patch = patch;
        PreRelease = preRelease;
        Build = build;
    }

    /// <summary>The major version, which rises with incompatible changes.</summary>
    public long Major { get; }

    /// <summary>The minor version, which rises with compatible additions.</summary>
    public long Minor { get; }

    /// <summary>The patch version, which rises with compatible fixes.</summary>
    public long Patch { get; }

    /// <summary>The dotted identifiers after the hyphen.</summary>
    /// <value>Empty for a release.</value>
    public string PreRelease { get; }

    /// <summary>The dotted identifiers after the plus sign, without meaning for the order.</summary>
    /// <value>Empty when there are none.</value>
    public string Build { get; }

    /// <summary>Reads a version such as <c>1.4.0-rc.1+5114f85</c>.</summary>
    /// <param name="text">The whole version, without white space.</param>
    /// <returns>The version.</returns>
    /// <exception cref="FormatException">The text has another form, or a number above 2^53 − 1.</exception>
    public static SemanticVersion Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var version)
            ? version
            : throw new FormatException("A version is 'major.minor.patch' as Semantic Versioning 2.0.0 defines it.");
    }

    /// <summary>Reads a version if the text is one.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="version">The version when the text is one.</param>
    /// <returns>True if the text is a semantic version.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = null;
        if (text is null || text.Length > MaxLength)
        {
            return false;
        }

        var core = Split(text, '+', out var build, out var hasBuild);
        core = Split(core, '-', out var preRelease, out var hasPreRelease);
        if ((hasBuild && !AreIdentifiers(build, allowLeadingZero: true))
            || (hasPreRelease && !AreIdentifiers(preRelease, allowLeadingZero: false))
            || !TryParseCore(core, out var major, out var minor, out var patch))
        {
            return false;
        }

        version = new SemanticVersion(major, minor, patch, preRelease, build);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var core = string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");
        return core + (PreRelease.Length > 0 ? "-" + PreRelease : "") + (Build.Length > 0 ? "+" + Build : "");
    }

    private static string Split(string text, char separator, out string rest, out bool found)
    {
        var index = text.IndexOf(separator, StringComparison.Ordinal);
        found = index >= 0;
        rest = found ? text[(index + 1)..] : string.Empty;
        return found ? text[..index] : text;
    }

    private static bool TryParseCore(string core, out long major, out long minor, out long patch)
    {
        minor = patch = 0;
        var parts = core.Split('.');
        return TryParseNumber(parts[0], out major)
            && parts.Length == 3
            && TryParseNumber(parts[1], out minor)
            && TryParseNumber(parts[2], out patch);
    }

    // Clause 2: no leading zeros. The bound keeps versions within what any JSON reader holds exactly.
    private static bool TryParseNumber(string digits, out long number) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number <= PluginManifest.MaxInteger
        && (digits.Length == 1 || digits[0] != '0');

    // Clauses 9 and 10: non-empty, dotted identifiers of [0-9A-Za-z-].
    private static bool AreIdentifiers(string text, bool allowLeadingZero)
    {
        foreach (var identifier in text.Split('.'))
        {
            var badZero = !allowLeadingZero && IsNumeric(identifier) && identifier.Length > 1 && identifier[0] == '0';
            if (identifier.Length == 0 || badZero || !identifier.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNumeric(string identifier) => identifier.All(char.IsAsciiDigit);
}
