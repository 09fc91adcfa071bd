using System.Text;

namespace Plugins.Wasi.Files.Memory;

internal sealed class MemoryLinkNode(ulong inode, ulong now, string contents) : MemoryNode(inode, now)
{
    internal override NodeKind Kind => NodeKind.SymbolicLink;

    internal override ulong Size => (ulong)Encoding.UTF8.GetByteCount(Contents);

    internal string Contents { get; } = contents;
}
