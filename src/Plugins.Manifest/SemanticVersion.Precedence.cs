namespace Plugins.Manifest;

public sealed partial record SemanticVersion
{
    /// <summary>Orders by precedence (clause 11), for which build metadata does not count.</summary>
    /// <param name="other">Another version; null sorts before every version.</param>
    /// <returns>Negative, zero or positive.</returns>
    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var core = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return core != 0 ? core : ComparePreRelease(PreRelease, other.PreRelease);
    }

    /// <summary>True if the left version has lower precedence.</summary>
    /// <param name="left">A version or null.</param>
    /// <param name="right">A version or null.</param>
    public static bool operator <(SemanticVersion? left, SemanticVersion? right) => Compare(left, right) < 0;

    /// <summary>True if the left version has higher precedence.</summary>
    /// <param name="left">A version or null.</param>
    /// <param name="right">A version or null.</param>
    public static bool operator >(SemanticVersion? left, SemanticVersion? right) => Compare(left, right) > 0;

    /// <summary>True if the left version has lower or the same precedence.</summary>
    /// <param name="left">A version or null.</param>
    /// <param name="right">A version or null.</param>
    public static bool operator <=(SemanticVersion? left, SemanticVersion? right) => Compare(left, right) <= 0;

    /// <summary>True if the left version has higher or the same precedence.</summary>
    /// <param name="left">A version or null.</param>
    /// <param name="right">A version or null.</param>
    public static bool operator >=(SemanticVersion? left, SemanticVersion? right) => Compare(left, right) >= 0;

    private static int Compare(SemanticVersion? left, SemanticVersion? right) =>
        left is null ? (right is null ? 0 : -1) : left.CompareTo(right);

    private static int ComparePreRelease(string left, string right)
    {
        // Clause 11.3: a pre-release comes before its release.
        if (left.Length == 0 || right.Length == 0)
        {
            return right.Length.CompareTo(left.Length);
        }

        var lefts = left.Split('.');
        var rights = right.Split('.');
        for (var i = 0; i < Math.Min(lefts.Length, rights.Length); i++)
        {
            var order = CompareIdentifier(lefts[i], rights[i]);
            if (order != 0)
            {
                return order;
            }
        }

        // Clause 11.4.4: more identifiers come later.
        return lefts.Length.CompareTo(rights.Length);
    }

    private static int CompareIdentifier(string left, string right)
    {
        var leftNumeric = IsNumeric(left);
        if (leftNumeric != IsNumeric(right))
        {
            return leftNumeric ? -1 : 1;
        }

        // Without leading zeros the longer number is the greater one, however many digits it has.
        var byLength = leftNumeric ? left.Length.CompareTo(right.Length) : 0;
        return byLength != 0 ? byLength : string.CompareOrdinal(left, right);
    }
}
