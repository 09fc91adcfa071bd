namespace Plugins.Wasi.Files;

/// <summary>What is known of a file; times are nanoseconds since 1970.</summary>
internal readonly record struct FileStat(
    NodeKind Kind, ulong Inode, ulong Links, ulong Size, ulong Accessed, ulong Modified, ulong Changed);
