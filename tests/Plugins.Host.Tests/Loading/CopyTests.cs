using Plugins.Host.Loading;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Loading;

/// <summary>A module's bytes are copied once, and what was verified is what runs.</summary>
internal sealed class CopyTests
{
    private const int PaddingBytes = 8 << 20;

    private static readonly byte[] Padded =
    [
        .. GuestFiles.Read("examples/Pdk-Rust/word_count/plugin.wasm"),

        // A custom section without a name: its id, its size in LEB128 and a name of no bytes.
        0, 0x81, 0x80, 0x80, 0x04, 0, .. new byte[PaddingBytes],
    ];

    [Test]
    public void Bytes_OfALoadedModule_AreCopiedOnce()
    {
        using var host = new PluginHost(new PluginHostOptions { AllowUnsigned = true });
        var manifest = DevelopmentManifest.FromModule(Padded);
        var allocated = AllocatedBy(() => host.LoadUnsigned(Padded, manifest));
        Assert.That(allocated / (double)Padded.Length, Is.InRange(1, 1.25));
    }

    [Test]
    public void Bytes_OfALoadedFile_AreReadOnceAndNotCopied()
    {
        using var folder = new TemporaryFolder();
        folder.Write("plugin.wasm", Padded);
        using var host = new PluginHost(new PluginHostOptions { AllowUnsigned = true });
        var allocated = AllocatedBy(() => host.LoadUnsignedFile(folder.Path));
        Assert.That(allocated / (double)Padded.Length, Is.InRange(1, 1.25));
    }

    private static long AllocatedBy(Func<Plugin> load)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var plugin = load();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
