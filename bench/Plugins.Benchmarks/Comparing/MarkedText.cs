namespace Plugins.Benchmarks.Comparing;

/// <summary>A text file with a place for generated lines between two comments.</summary>
internal static class MarkedText
{
    private const string Begin = "<!-- bench/compare.sh writes from here -->";
    private const string End = "<!-- to here -->";

    /// <exception cref="InvalidDataException">The file has no such place, or several.</exception>
    internal static void Replace(string path, string content)
    {
        string[] parts = File.ReadAllText(path).Split(Begin);
        string[] rest = parts[^1].Split(End);
        if (parts.Length != 2 || rest.Length != 2)
        {
            throw new InvalidDataException($"{path} needs the lines '{Begin}' and '{End}' once each.");
        }

        File.WriteAllText(path, $"{parts[0]}{Begin}\n{content.TrimEnd()}\n{End}{rest[1]}");
    }
}
