using Plugins.Wasi.Files;

namespace Plugins.Wasi.Preview1;

/// <summary>Preview 1's numbers for what a file is.</summary>
internal static class FileTypes
{
    internal const byte Unknown = 0;
    internal const byte Directory = 3;
    internal const byte RegularFile = 4;
    private const byte BlockDevice = 1;
    private const byte CharacterDevice = 2;
    private const byte SymbolicLink = 7;

    internal static byte Of(NodeKind kind) => kind switch
    {
        NodeKind.BlockDevice => BlockDevice,
        NodeKind.CharacterDevice => CharacterDevice,
        NodeKind.Directory => Directory,
        NodeKind.File => RegularFile,
        NodeKind.SymbolicLink => SymbolicLink,
        _ => Unknown,
    };
}
