namespace Plugins.Wasi.Files;

/// <summary>What one guest has used of its quota.</summary>
/// <remarks>For one thread at a time, as the guest is.</remarks>
internal sealed class QuotaUse
{
    private readonly WasiQuota _quota;
    private ulong _bytes;
    private int _entries;
    private int _open;

    internal QuotaUse(WasiQuota quota)
    {
        quota.Validate();
        _quota = quota;
        _bytes = (ulong)quota.WrittenBytes;
        _entries = quota.CreatedEntries;
    }

    internal int PathBytes => _quota.PathBytes;

    internal int ListedEntries => _quota.ListedEntries;

    internal bool CanOpen => _open < _quota.OpenFiles;

    internal bool HasEntries => _entries > 0;

    internal void Open() => _open++;

    internal void Close() => _open--;

    internal void TakeEntry() => _entries--;

    internal bool Has(ulong bytes) => bytes <= _bytes;

    /// <summary>How many of the bytes may be written after a gap; 0 if none.</summary>
    internal int Bytes(ulong gap, int wanted) => gap >= _bytes ? 0 : (int)Math.Min((ulong)wanted, _bytes - gap);

    internal void Take(ulong bytes) => _bytes -= Math.Min(bytes, _bytes);
}
