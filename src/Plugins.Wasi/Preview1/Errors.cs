using Plugins.Wasi.Files;

namespace Plugins.Wasi.Preview1;

/// <summary>Errors of files in preview 1's numbers.</summary>
internal static class Errors
{
    internal static Errno ToErrno(this FileError error) => error switch
    {
        FileError.None => Errno.Success,
        FileError.Access => Errno.Acces,
        FileError.BadDescriptor => Errno.Badf,
        FileError.Busy => Errno.Busy,
        FileError.CrossDevice => Errno.Xdev,
        FileError.Exists => Errno.Exist,
        FileError.IllegalBytes => Errno.Ilseq,
        FileError.Interrupted => Errno.Intr,
        FileError.Invalid => Errno.Inval,
        FileError.IsDirectory => Errno.Isdir,
        FileError.Loop => Errno.Loop,
        FileError.NameTooLong => Errno.Nametoolong,
        FileError.NoEntry => Errno.Noent,
        FileError.NoMemory => Errno.Nomem,
        FileError.NoSpace => Errno.Nospc,
        FileError.NotPermitted => Errno.Perm,
        FileError.NotDirectory => Errno.Notdir,
        FileError.NotEmpty => Errno.Notempty,
        FileError.NotSupported => Errno.Notsup,
        FileError.Overflow => Errno.Overflow,
        FileError.Quota => Errno.Dquot,
        FileError.ReadOnly => Errno.Rofs,
        FileError.TextBusy => Errno.Txtbsy,
        FileError.TooLarge => Errno.Fbig,
        FileError.TooManyLinks => Errno.Mlink,
        FileError.TooManyOpen => Errno.Mfile,
        FileError.WouldBlock => Errno.Again,
        _ => Errno.Io,
    };
}
