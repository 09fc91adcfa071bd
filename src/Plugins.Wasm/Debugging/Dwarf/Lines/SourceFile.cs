namespace Plugins.Wasm.Debugging.Dwarf.Lines;

/// <summary>A file that a unit names.</summary>
/// <param name="Directory">Its directory; without a length where that is the compilation's.</param>
/// <param name="Name">Its name in there.</param>
/// <param name="Root">The compilation's directory, where it is known.</param>
internal readonly record struct SourceFile(DwarfText Directory, DwarfText Name, DwarfText Root)
{
    /// <summary>The path, relative to the compilation's directory where it lies in that.</summary>
    public string Read(DwarfData data)
    {
        string name = data.Read(Name), directory = data.Read(Directory), root = data.Read(Root);
        string path = directory.Length == 0 || IsAbsolute(name) ? name : $"{directory.TrimEnd('/', '\\')}/{name}";
        bool isInside = root.Length > 0
            && path.Length > root.Length + 1
            && path.StartsWith(root, StringComparison.Ordinal)
            && path[root.Length] is '/' or '\\';
        return DwarfData.Cut(isInside ? path[(root.Length + 1)..] : path);
    }

    private static bool IsAbsolute(string name) => name is ['/', ..] or [_, ':', '\\' or '/', ..];
}
