using System.Collections.Frozen;
using Plugins.Wasi.Preview1;

namespace Plugins.Wasi;

/// <summary>The functions of WASI that guests may import.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public static class WasiFunctions
{
    /// <summary>The module that guests import preview 1 from.</summary>
    public const string Preview1Module = "wasi_snapshot_preview1";

    // Fuel, as guest code of the same duration takes: one unit is a few nanoseconds.
    private const long Memory = 10;
    private const long Stream = 100;
    private const long File = 300;
    private const long Path = 1500;

    /// <summary>All 46 functions of preview 1, by name.</summary>
    public static IReadOnlyDictionary<string, WasiFunction> Preview1 { get; } = new WasiFunction[]
    {
        new("args_get", "ii", ArgumentFunctions.ArgsGet, Memory),
        new("args_sizes_get", "ii", ArgumentFunctions.ArgsSizesGet, Memory),
        new("environ_get", "ii", ArgumentFunctions.EnvironGet, Memory),
        new("environ_sizes_get", "ii", ArgumentFunctions.EnvironSizesGet, Memory),
        new("clock_res_get", "ii", ClockFunctions.ClockResGet, Memory),
        new("clock_time_get", "ili", ClockFunctions.ClockTimeGet, Memory),
        new("fd_advise", "illi", FileFunctions.FdAdvise, Memory),
        new("fd_allocate", "ill", FileFunctions.FdAllocate, Memory),
        new("fd_close", "i", DescriptorFunctions.FdClose, File),
        new("fd_datasync", "i", FileFunctions.FdDatasync, Path),
        new("fd_fdstat_get", "ii", DescriptorFunctions.FdFdstatGet, Memory),
        new("fd_fdstat_set_flags", "ii", DescriptorFunctions.FdFdstatSetFlags, File),
        new("fd_fdstat_set_rights", "ill", DescriptorFunctions.FdFdstatSetRights, Memory),
        new("fd_filestat_get", "ii", StatFunctions.FdFilestatGet, File),
        new("fd_filestat_set_size", "il", FileFunctions.FdFilestatSetSize, Path),
        new("fd_filestat_set_times", "illi", StatFunctions.FdFilestatSetTimes, File),
        new("fd_pread", "iiili", FileFunctions.FdPread, File),
        new("fd_prestat_get", "ii", DescriptorFunctions.FdPrestatGet, Memory),
        new("fd_prestat_dir_name", "iii", DescriptorFunctions.FdPrestatDirName, Memory),
        new("fd_pwrite", "iiili", FileFunctions.FdPwrite, File),
        new("fd_read", "iiii", FileFunctions.FdRead, Stream),
        new("fd_readdir", "iiili", ListingFunctions.FdReaddir, File),
        new("fd_renumber", "ii", DescriptorFunctions.FdRenumber, File),
        new("fd_seek", "ilii", FileFunctions.FdSeek, Memory),
        new("fd_sync", "i", FileFunctions.FdSync, Path),
        new("fd_tell", "ii", FileFunctions.FdTell, Memory),
        new("fd_write", "iiii", FileFunctions.FdWrite, Stream),
        new("path_create_directory", "iii", PathFunctions.PathCreateDirectory, Path),
        new("path_filestat_get", "iiiii", StatFunctions.PathFilestatGet, Path),
        new("path_filestat_set_times", "iiiilli", StatFunctions.PathFilestatSetTimes, Path),
        new("path_link", "iiiiiii", PathFunctions.PathLink, Path),
        new("path_open", "iiiiillii", PathFunctions.PathOpen, Path),
        new("path_readlink", "iiiiii", PathFunctions.PathReadlink, Path),
        new("path_remove_directory", "iii", PathFunctions.PathRemoveDirectory, Path),
        new("path_rename", "iiiiii", PathFunctions.PathRename, Path),
        new("path_symlink", "iiiii", PathFunctions.PathSymlink, Path),
        new("path_unlink_file", "iii", PathFunctions.PathUnlinkFile, Path),
        new("poll_oneoff", "iiii", PollFunctions.PollOneoff, Stream),
        new("proc_exit", "i", ProcessFunctions.ProcExit, Memory, hasResult: false),
        new("proc_raise", "i", ProcessFunctions.ProcRaise, Memory),
        new("random_get", "ii", ClockFunctions.RandomGet, Stream),
        new("sched_yield", "", ProcessFunctions.SchedYield, Memory),
        new("sock_accept", "iii", SocketFunctions.SockAccept, Memory),
        new("sock_recv", "iiiiii", SocketFunctions.SockRecv, Memory),
        new("sock_send", "iiiii", SocketFunctions.SockSend, Memory),
        new("sock_shutdown", "ii", SocketFunctions.SockShutdown, Memory),
    }.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);
}
