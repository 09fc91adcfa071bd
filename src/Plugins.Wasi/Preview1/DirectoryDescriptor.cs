using Plugins.Wasi.Files;

namespace Plugins.Wasi.Preview1;

internal sealed class DirectoryDescriptor(GrantedDirectory directory, byte[]? preopenName = null) : Descriptor
{
    internal GrantedDirectory Directory => directory;

    /// <summary>The guest's path to it in UTF-8; null for one that the guest has opened.</summary>
    internal byte[]? PreopenName => preopenName;

    /// <summary>What was there when it was last listed from the beginning, so that cookies mean the same.</summary>
    internal IReadOnlyList<DirectoryEntry>? Listing { get; set; }

    public override void Dispose() => directory.Dispose();
}
