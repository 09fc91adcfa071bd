using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Sources;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Catalog;

internal sealed class FolderPluginSourceTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Folder_WithAnotherVersion_IsTaken(bool useNotifications)
    {
        using var scene = Scene(useNotifications);
        var plugin = await scene.Write("1.0.0").StartAsync(Watched);
        scene.Write("2.0.0");
        await CatalogScene.UntilAsync(() => plugin.Status.Version!.Version.Major == 2);
    }

    [Test]
    public async Task Folder_HalfWritten_IsTakenWhenItIsWhole()
    {
        using var scene = Scene();
        var plugin = await scene.Write("1.0.0").StartAsync(Watched);
        var (module, signature) = scene.Make("2.0.0");
        File.Delete(Path.Combine(scene.Folder, "plugin.sigstore.json"));
        scene.WriteModule(module);
        scene.WriteModule([]);
        await Task.Delay(scene.Watch.PollInterval * 3);
        scene.WriteModule(module[..2]);
        scene.WriteSignature(signature[..100]);
        scene.WriteModule(module);
        scene.WriteSignature(signature);
        await CatalogScene.UntilAsync(() => plugin.Status.Version!.Version.Major == 2);
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
    }

    [Test]
    public async Task Folder_WithoutItsSignature_IsNotTaken()
    {
        using var scene = Scene();
        var plugin = await scene.Write("1.0.0").StartAsync(Watched);
        File.Delete(Path.Combine(scene.Folder, "plugin.sigstore.json"));
        scene.WriteModule([6, 6, 6]);
        await Task.Delay(scene.Watch.PollInterval * 5);
        Assert.That(plugin.Status.LastFailure, Is.Null);
        Assert.That(plugin.Status.Version!.Version.Major, Is.EqualTo(1));
    }

    [Test]
    public async Task Folder_ThatIsGone_KeepsTheVersionUntilItIsBack()
    {
        using var scene = Scene();
        var plugin = await scene.Write("1.0.0").StartAsync(Watched);
        Directory.Delete(scene.Folder, recursive: true);
        await Task.Delay(scene.Watch.PollInterval * 3);
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
        Directory.CreateDirectory(scene.Folder);
        scene.Write("2.0.0");
        await CatalogScene.UntilAsync(() => plugin.Status.Version!.Version.Major == 2);
    }

    [Test]
    public async Task Folder_ThatComesLate_IsTakenForAnOptionalPlugin()
    {
        using var scene = Scene();
        var plugin = await scene.StartAsync(entry => entry with { Watch = true, IsRequired = false });
        scene.Write("1.0.0");
        await CatalogScene.UntilAsync(() => plugin.Status.State == PluginState.Active);
    }

    [Test]
    public async Task Folder_OfAPluginLoadedOnDemand_DoesNotLoadIt()
    {
        using var scene = Scene();
        var plugin = await scene.Write("1.0.0").StartAsync(entry => entry with { Watch = true, LoadAtStart = false });
        await Task.Delay(scene.Watch.PollInterval * 5);
        Assert.That(plugin.Status.State, Is.EqualTo(PluginState.NotLoaded));
    }

    [Test]
    public async Task Folder_ReplacedThroughALink_IsTaken()
    {
        using var scene = Scene();
        scene.Write("2.0.0");
        var other = scene.Folder + "-2";
        Directory.Move(scene.Folder, other);
        Directory.CreateDirectory(scene.Folder);
        scene.Write("1.0.0");
        var first = scene.Folder + "-1";
        Directory.Move(scene.Folder, first);
        Directory.CreateSymbolicLink(scene.Folder, first);
        var plugin = await scene.StartAsync(Watched);
        Assert.That(plugin.Status.Version!.Version.Major, Is.EqualTo(1));
        Directory.Delete(scene.Folder);
        Directory.CreateSymbolicLink(scene.Folder, other);
        await CatalogScene.UntilAsync(() => plugin.Status.Version!.Version.Major == 2);
    }

    [Test]
    public async Task Files_ReplacedThroughALinkedFolder_AreTaken()
    {
        using var scene = Scene();
        var (first, second) = (Put(scene, "1.0.0"), Put(scene, "2.0.0"));
        Directory.CreateSymbolicLink(Path.Combine(scene.Folder, "..data"), first);
        foreach (var file in new[] { "plugin.wasm", "plugin.sigstore.json" })
        {
            File.CreateSymbolicLink(Path.Combine(scene.Folder, file), Path.Combine("..data", file));
        }

        var plugin = await scene.StartAsync(Watched);
        Assert.That(plugin.Status.Version!.Version.Major, Is.EqualTo(1));
        File.Delete(Path.Combine(scene.Folder, "..data"));
        Directory.CreateSymbolicLink(Path.Combine(scene.Folder, "..data"), second);
        await CatalogScene.UntilAsync(() => plugin.Status.Version!.Version.Major == 2);
    }

    [Test]
    public async Task Plugin_Pinned_KeepsItsVersionUntilUnpinned()
    {
        using var scene = Scene();
        var plugin = await scene.Write("1.0.0").StartAsync(Watched);
        plugin.Pin();
        Assert.That(plugin.Status.IsPinned, Is.True);
        scene.Write("2.0.0");
        await Task.Delay(scene.Watch.PollInterval * 10);
        Assert.That(plugin.Status.Version!.Version.Major, Is.EqualTo(1));
        await CatalogScene.UntilAsync(() => plugin.Deployment.HasPendingChange);
        Assert.That((await plugin.UnpinAsync())!.Status.Version!.Version.Major, Is.EqualTo(2));
        Assert.That(await plugin.UnpinAsync(), Is.Null);
    }

    [Test]
    public async Task Read_OfFilesThatKeepChanging_Fails()
    {
        using var scene = Scene().Write("1.0.0");
        var looks = 0;
        using var source = new FolderPluginSource(
            scene.Folder, null, scene.Watch, path => FolderStamp.Of(path) with { Envelope = Growing(ref looks) });
        var failure = (await Assert.ThrowsAsync<IOException>(async () => await source.ReadAsync(100_000, default)))!;
        Assert.That(failure.Message, Does.Contain("kept changing").And.Contain(scene.Folder));
    }

    [Test]
    public async Task Read_OfFilesThatChangeOnce_ReadsThemAgain()
    {
        using var scene = Scene().Write("1.0.0");
        var looks = 0;
        using var source = new FolderPluginSource(scene.Folder, null, scene.Watch, path =>
        {
            if (++looks == 2)
            {
                scene.Write("2.0.0");
            }

            return FolderStamp.Of(path) with { Envelope = new FileStamp(looks > 1, 0, default, null, default) };
        });
        using var plugin = (await source.ReadAsync(100_000, default)).Load(scene.Rig.Host, default);
        Assert.That(plugin.Manifest.Version.Major, Is.EqualTo(2));
    }

    [Test]
    public async Task Read_WhenItIsOver_HoldsNothingOpen()
    {
        Assume.That(Directory.Exists("/proc/self/fd"), "Open files are listed in /proc.");
        using var scene = Scene();
        await scene.Write("1.0.0").StartAsync(Watched);
        var open = Directory.GetFiles("/proc/self/fd").Select(file => new FileInfo(file).LinkTarget);
        Assert.That(open.OfType<string>(), Has.None.StartsWith(scene.Folder).And.Some.StartsWith("/"));
    }

    private static FileStamp Growing(ref int length) => new(true, length++, default, null, default);

    private static CatalogScene Scene(bool useNotifications = true)
    {
        var scene = new CatalogScene();
        scene.Watch = scene.Watch with { UseNotifications = useNotifications };
        return scene;
    }

    private static CatalogEntry Watched(CatalogEntry entry) => entry with { Watch = true };

    private static string Put(CatalogScene scene, string version)
    {
        var folder = Directory.CreateDirectory($"{scene.Folder}-{version}").FullName;
        var (module, signature) = scene.Make(version);
        File.WriteAllBytes(Path.Combine(folder, "plugin.wasm"), module);
        File.WriteAllBytes(Path.Combine(folder, "plugin.sigstore.json"), signature);
        return folder;
    }
}
