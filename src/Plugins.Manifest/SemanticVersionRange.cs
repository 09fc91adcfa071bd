using System.Diagnostics.CodeAnalysis;

namespace Plugins.Manifest;

/// <summary>Versions from one to another, in the interval notation that NuGet uses.</summary>
/// <remarks>
/// <para><c>[1.2.0,2.0.0)</c> is from 1.2.0 up to 2.0.0 without it, <c>(1.2.0,)</c> all after 1.2.0, <c>(,2.0.0]</c>
/// all up to 2.0.0, <c>[1.2.0]</c> this version alone, and <c>1.2.0</c> this or a later one. Zeros at the end of a
/// release may be left out, as in <c>[1.2,2)</c>, and spaces may stand around a version.</para>
/// <para>Versions are compared by precedence, so that build metadata does not count. A pre-release is in a range only
/// where an end of the range is a pre-release too: <c>[1.0,2.0)</c> has neither 1.5.0-beta nor 2.0.0-rc.1. Immutable,
/// thus safe for use from several threads.</para>
/// </remarks>
public sealed record SemanticVersionRange
{
    /// <summary>Maximum length of a range, in characters.</summary>
    public const int MaxLength = (2 * SemanticVersion.MaxLength) + 8;

    internal const string Form = "an interval of versions such as [1.2,2.0)";

    private SemanticVersionRange(
        SemanticVersion? minimum, bool isMinimumIncluded, SemanticVersion? maximum, bool isMaximumIncluded)
    {
        Minimum = minimum;
        IsMinimumIncluded = isMinimumIncluded;
        Maximum = maximum;
        IsMaximumIncluded = isMaximumIncluded;
    }

    /// <summary>The lower end.</summary>
    /// <value><see langword="null"/> when there is none.</value>
    public SemanticVersion? Minimum { get; }

    /// <summary>True if the range includes its lower end.</summary>
    public bool IsMinimumIncluded { get; }

    /// <summary>The upper end.</summary>
    /// <value><see langword="null"/> when there is none.</value>
    public SemanticVersion? Maximum { get; }

    /// <summary>True if the range includes its upper end.</summary>
    public bool IsMaximumIncluded { get; }

    /// <summary>Reads a range.</summary>
    /// <param name="text">The whole range.</param>
    /// <returns>The range.</returns>
    /// <exception cref="FormatException">The text has another form, or no version is in the range.</exception>
    public static SemanticVersionRange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var range) ? range : throw new FormatException($"A range is {Form}.");
    }

    /// <summary>Reads a range if the text is one.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="range">The range when the text is one.</param>
    /// <returns>True if the text is a range that some version is in.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SemanticVersionRange? range)
    {
        range = text is { Length: > 1 and <= MaxLength } && text[0] is '[' or '('
            ? ReadInterval(text)
            : TryReadVersion(text, out var minimum) && minimum is not null
                ? new SemanticVersionRange(minimum, isMinimumIncluded: true, null, isMaximumIncluded: false)
                : null;
        return range is not null;
    }

    /// <summary>True if a version is in the range.</summary>
    /// <param name="version">The version.</param>
    /// <returns>True if it lies between the ends; a pre-release only where one of them is a pre-release.</returns>
    public bool Contains(SemanticVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        var takesPreReleases = Minimum is { PreRelease.Length: > 0 } || Maximum is { PreRelease.Length: > 0 };
        return (takesPreReleases || version.PreRelease.Length == 0)
            && (Minimum is null || version > Minimum || (IsMinimumIncluded && version.CompareTo(Minimum) == 0))
            && (Maximum is null || version < Maximum || (IsMaximumIncluded && version.CompareTo(Maximum) == 0));
    }

    /// <inheritdoc/>
    public override string ToString() => Minimum is not null && Minimum == Maximum
        ? $"[{Minimum}]"
        : $"{(IsMinimumIncluded ? '[' : '(')}{Minimum},{Maximum}{(IsMaximumIncluded ? ']' : ')')}";

    private static SemanticVersionRange? ReadInterval(string text)
    {
        var (isMinimumIncluded, isMaximumIncluded) = (text[0] == '[', text[^1] == ']');
        var ends = text[1..^1].Split(',');
        if (text[^1] is not (']' or ')')
            || ends.Length > 2
            || !TryReadVersion(ends[0], out var minimum)
            || !TryReadVersion(ends[^1], out var maximum)
            || (minimum is null && isMinimumIncluded)
            || (maximum is null && isMaximumIncluded))
        {
            return null;
        }

        var range = new SemanticVersionRange(minimum, isMinimumIncluded, maximum, isMaximumIncluded);
        return range.HasVersions ? range : null;
    }

    /// <summary>A version without the zeros at its end, or nothing.</summary>
    private static bool TryReadVersion(string? text, out SemanticVersion? version)
    {
        version = null;
        text = text?.Trim(' ');
        if (text is null or "")
        {
            return text is not null;
        }

        var isRelease = text.All(character => char.IsAsciiDigit(character) || character == '.');
        var missing = isRelease ? Math.Max(2 - text.Count(character => character == '.'), 0) : 0;
        return SemanticVersion.TryParse(text + string.Concat(Enumerable.Repeat(".0", missing)), out version);
    }

    private bool HasVersions => (Minimum, Maximum) switch
    {
        (null, null) => false,
        (null, _) or (_, null) => true,
        _ => Minimum < Maximum || (Minimum.CompareTo(Maximum) == 0 && IsMinimumIncluded && IsMaximumIncluded),
    };
}
