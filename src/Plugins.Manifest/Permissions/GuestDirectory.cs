namespace Plugins.Manifest.Permissions;

/// <summary>Items of the scope of <c>wasi.files</c>: a guest's path, with a mark where it is only read.</summary>
internal static class GuestDirectory
{
    internal const string ReadOnly = ":ro";
    internal const string Form = "a guest's path of a directory such as '/data', or '/data:ro' to read only";

    internal static bool IsValid(string item)
    {
        var path = PathOf(item);
        return path.Length > 0 && !path.Contains(':', StringComparison.Ordinal)
            && !path.AsSpan().ContainsAnyInRange('\0', '\u001f');
    }

    internal static bool Covers(string outer, string item) =>
        item == outer || (!outer.EndsWith(ReadOnly, StringComparison.Ordinal) && PathOf(item) == outer);

    private static string PathOf(string item) =>
        item.EndsWith(ReadOnly, StringComparison.Ordinal) ? item[..^ReadOnly.Length] : item;
}
