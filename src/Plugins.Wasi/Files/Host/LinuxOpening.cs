namespace Plugins.Wasi.Files.Host;

/// <summary>Opens files and directories, and nothing else.</summary>
/// <remarks>
/// A device may do something when it is opened, and a FIFO waits: what is there is looked at before, and again after.
/// </remarks>
internal static class LinuxOpening
{
    internal static FileError Open(in LinuxTarget target, in OpenRequest request, out OpenNode? node)
    {
        node = null;
        if (target.EndsAsDirectory && request.Creates)
        {
            return FileError.IsDirectory;
        }

        var error = LinuxHandle.Stat(target.Handle, target.Name, out var stat);
        if (error == FileError.None && !IsOpened(stat.Kind))
        {
            return stat.Kind != NodeKind.SymbolicLink ? FileError.NotPermitted
                : request is { Creates: true, IsExclusive: true } ? FileError.Exists
                : FileError.Loop;
        }

        var flags = FlagsOf(request) | (target.EndsAsDirectory ? LinuxFlags.Directory : 0);
        error = LinuxHandle.OpenName(target.Handle, target.Name, flags, out var opened);
        if (error != FileError.None)
        {
            return error;
        }

        error = LinuxHandle.Stat(opened!, string.Empty, out stat);
        if (error != FileError.None || !IsOpened(stat.Kind))
        {
            opened!.Dispose();
            return error != FileError.None ? error : FileError.NotPermitted;
        }

        node = stat.Kind == NodeKind.Directory ? new LinuxDirectory(opened!) : new LinuxFile(opened!);
        return FileError.None;
    }

    private static bool IsOpened(NodeKind kind) => kind is NodeKind.File or NodeKind.Directory;

    private static int FlagsOf(in OpenRequest request)
    {
        var access = !request.OpensForWriting ? LinuxFlags.ReadOnly
            : request.OpensForReading ? LinuxFlags.ReadWrite
            : LinuxFlags.WriteOnly;
        return access | LinuxFlags.NonBlocking | LinuxFlags.NoTerminal
            | (request.Creates ? LinuxFlags.Create : 0)
            | (request is { Creates: true, IsExclusive: true } ? LinuxFlags.Exclusive : 0)
            | (request.Truncates ? LinuxFlags.Truncate : 0)
            | (request.Appends ? LinuxFlags.Append : 0)
            | (request.WantsDirectory ? LinuxFlags.Directory : 0);
    }
}
