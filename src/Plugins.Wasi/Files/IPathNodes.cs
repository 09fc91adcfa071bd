namespace Plugins.Wasi.Files;

/// <summary>The steps of a walk along a path in some file system; none of them follows a link.</summary>
internal interface IPathNodes<T>
{
    /// <summary>Opens a directory in a directory.</summary>
    FileError Enter(T parent, string name, out T? child);

    /// <summary>Reads a symbolic link; null if there is none of that name.</summary>
    FileError ReadLink(T parent, string name, out string? contents);

    /// <summary>Closes what was entered.</summary>
    void Leave(T directory);
}
