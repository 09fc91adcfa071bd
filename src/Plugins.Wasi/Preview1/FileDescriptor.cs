using Plugins.Wasi.Files;

namespace Plugins.Wasi.Preview1;

internal sealed class FileDescriptor(GrantedFile file, FdFlags flags) : Descriptor
{
    internal GrantedFile File => file;

    internal FdFlags Flags { get; set; } = flags;

    internal ulong Position { get; set; }

    internal bool Appends => Flags.HasFlag(FdFlags.Append);

    public override void Dispose() => file.Dispose();
}
