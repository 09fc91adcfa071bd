namespace Plugins.Wasi.Files;

internal enum NodeKind
{
    /// <summary>Something else, a FIFO or a socket among others.</summary>
    Other,
    BlockDevice,
    CharacterDevice,
    Directory,
    File,
    SymbolicLink,
}
