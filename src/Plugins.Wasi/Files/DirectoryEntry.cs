namespace Plugins.Wasi.Files;

internal readonly record struct DirectoryEntry(string Name, NodeKind Kind, ulong Inode);
