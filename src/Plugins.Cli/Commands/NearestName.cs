namespace Plugins.Cli.Commands;

/// <summary>Finds the name that somebody most likely meant.</summary>
internal static class NearestName
{
    private const int MaximumDistance = 2;
    private const int MaximumLength = 40;

    /// <summary>The nearest name, or null when none is near.</summary>
    internal static string? To(string text, IEnumerable<string> names) => text.Length > MaximumLength ? null : names
        .Select(name => (Name: name, Distance: DistanceOf(text, name)))
        .Where(candidate => candidate.Distance <= Math.Min(MaximumDistance, (candidate.Name.Length + 1) / 2))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    // Levenshtein's: letters to add, leave out or replace.
    private static int DistanceOf(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? diagonal : diagonal + 1;
                diagonal = row[j];
                row[j] = Math.Min(cost, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
