namespace Plugins.Manifest.Permissions;

/// <summary>The way the items of a permission's scope are read.</summary>
internal enum ScopeKind
{
    /// <summary>The permission is all or nothing.</summary>
    None,

    /// <summary>Each item covers itself only; the application gives it meaning.</summary>
    Names,

    /// <summary>Each item covers every key that starts with it.</summary>
    Prefixes,

    /// <summary>Each item is a <see cref="HostPattern"/>.</summary>
    Hosts,

    /// <summary>Each item is a guest's path of a directory, with <c>:ro</c> where it is only read.</summary>
    Directories,
}
