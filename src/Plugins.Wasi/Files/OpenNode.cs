namespace Plugins.Wasi.Files;

/// <summary>An open file or directory of a file system, before rights and quotas are laid over it.</summary>
internal abstract class OpenNode : IDisposable
{
    public abstract void Dispose();

    internal abstract FileError Stat(out FileStat stat);

    internal abstract FileError SetTimes(TimeChange accessed, TimeChange modified);

    internal abstract FileError Sync(bool dataOnly);
}
