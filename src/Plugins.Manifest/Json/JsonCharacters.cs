namespace Plugins.Manifest.Json;

/// <summary>Characters that no string may hold, because they lie to whoever reads it on a screen.</summary>
internal static class JsonCharacters
{
    /// <summary>Controls (C0, DEL, C1), line and paragraph separators, bidirectional embeddings and isolates.</summary>
    public static bool IsForbidden(char character) =>
        char.IsControl(character)
        || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
