namespace Plugins.Wasi.Files;

/// <summary>A file or a directory as a guest has it: with the rights it was granted, within its quota.</summary>
internal abstract class GrantedNode(OpenNode node, bool isReadOnly, QuotaUse quota) : IDisposable
{
    /// <summary>True where nothing may be changed through it, whatever the system would allow.</summary>
    internal bool IsReadOnly { get; } = isReadOnly;

    private protected QuotaUse Quota { get; } = quota;

    public virtual void Dispose() => node.Dispose();

    internal FileError Stat(out FileStat stat) => node.Stat(out stat);

    internal FileError SetTimes(TimeChange accessed, TimeChange modified) =>
        IsReadOnly ? FileError.NotPermitted : node.SetTimes(accessed, modified);

    internal FileError Sync(bool dataOnly) => node.Sync(dataOnly);
}
