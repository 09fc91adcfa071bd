namespace Plugins.Manifest.Tests.Support;

/// <summary>Changes one place of a text, and fails when it is not there.</summary>
internal static class Edit
{
    public static string Replace(string text, string old, string replacement)
    {
        var index = text.IndexOf(old, StringComparison.Ordinal);
        Assert.That(index, Is.Not.Negative, $"The text does not hold {old}");
        return string.Concat(text.AsSpan(0, index), replacement, text.AsSpan(index + old.Length));
    }

    /// <summary>The same with JSON that is written in single quotes.</summary>
    public static string ReplaceJson(string text, string old, string replacement) =>
        Replace(text, old.Replace('\'', '"'), replacement.Replace('\'', '"'));
}
