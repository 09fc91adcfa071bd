namespace Plugins.Host.Wasmtime.Errors;

/// <summary>Reasons to distrust a directory of compiled modules.</summary>
public enum UnsafeCacheReason
{
    /// <summary>The path is a link, or not a directory, or not a regular file.</summary>
    WrongKind,

    /// <summary>It belongs to another user than the one this process runs as.</summary>
    ForeignOwner,

    /// <summary>Its mode lets other users in; a directory must be 0700, the key in it 0600.</summary>
    OpenToOthers,

    /// <summary>This system does not tell who owns it.</summary>
    UnknownOwner,
}
