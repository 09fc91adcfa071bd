namespace Plugins.Manifest.Text;

/// <summary>Finds the known name nearest to a misspelt one.</summary>
/// <remarks>Safe for use from several threads. Work is bounded, however long the text is.</remarks>
public static class NearestName
{
    private const int MaximumDistance = 2;
    private const int MaximumLength = 64;

    /// <summary>The nearest of some names, by the letters to add, leave out, replace or swap.</summary>
    /// <param name="text">The name as it was typed.</param>
    /// <param name="names">The names that there are.</param>
    /// <returns>Null when none is near: at most two letters differ, and at most half of the name.</returns>
    public static string? To(string text, params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(names);
        return text.Length > MaximumLength ? null : names
            .Where(name => Math.Abs(name.Length - text.Length) <= MaximumDistance)
            .Select(name => (Name: name, Distance: DistanceOf(text, name)))
            .Where(candidate => candidate.Distance <= Math.Min(MaximumDistance, (candidate.Name.Length + 1) / 2))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    // Levenshtein's distance, in which two neighbours that changed places count as one mistake (Damerau).
    private static int DistanceOf(string left, string right)
    {
        var beforeLast = new int[right.Length + 1];
        var last = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var row = new int[right.Length + 1];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last) = (last, row);
        }

        return last[^1];
    }
}
