namespace Plugins.Host.Wasmtime.Errors;

/// <summary>The directory for compiled modules is refused, since what it holds would be run as native code.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class UnsafeCacheDirectoryException : WasmtimeException
{
    internal UnsafeCacheDirectoryException(string path, UnsafeCacheReason reason)
        : base($"Compiled modules are not kept in '{path}': {Explain(reason)}")
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>The directory, or the file in it, that is at fault.</summary>
    public string Path { get; }

    /// <summary>The reason for the refusal.</summary>
    public UnsafeCacheReason Reason { get; }

    private static string Explain(UnsafeCacheReason reason) => reason switch
    {
        UnsafeCacheReason.WrongKind => "it is a link, or of another kind than it should be. Name the real directory.",
        UnsafeCacheReason.ForeignOwner => "another user owns it, and could put code there. Use one of your own.",
        UnsafeCacheReason.OpenToOthers => "other users have access. Let its owner run chmod 700 on the directory, "
            + "and empty it first if they could write.",
        _ => "this system does not tell who owns it.",
    };
}
