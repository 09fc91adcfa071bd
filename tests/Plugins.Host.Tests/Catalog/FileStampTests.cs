using Plugins.Host.Catalog.Sources;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Catalog;

internal sealed class FileStampTests
{
    [TestCase(true)]
    [TestCase(false)]
    [Platform("Linux", Reason = "Other systems tell no time of change that tools cannot set.")]
    public async Task File_WrittenAgainWithItsSizeAndTime_HasAnotherStamp(bool inPlace)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "plugin.wasm");
        File.WriteAllBytes(path, [1, 2, 3]);
        var time = File.GetLastWriteTimeUtc(path);
        var before = FileStamp.Of(path);
        var value = (byte)1;

        // Again and again, since a file system's clock may stand still for some milliseconds.
        await CatalogScene.UntilAsync(() =>
        {
            var target = inPlace ? path : path + ".new";
            File.WriteAllBytes(target, [1, 2, ++value]);
            File.SetLastWriteTimeUtc(target, time);
            File.Move(target, path, overwrite: true);
            return FileStamp.Of(path) != before;
        });

        var after = FileStamp.Of(path);
        Assert.That((after.Length, after.WrittenAt), Is.EqualTo((before.Length, before.WrittenAt)));
        Assert.That(FileStamp.Of(path), Is.EqualTo(after));
    }
}
