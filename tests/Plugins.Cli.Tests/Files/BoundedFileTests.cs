using Plugins.Cli.Failures;
using Plugins.Cli.Files;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Files;

internal sealed class BoundedFileTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [TestCase(10, true)]
    [TestCase(11, false)]
    public void Read_UpToItsBound_GivesTheFile(int length, bool isRead)
    {
        _desk.Put("a", new byte[length]);
        var read = Is.EqualTo(new byte[length]);
        Assert.That(() => BoundedFile.Read(_desk.PathOf("a"), 10, "file"), isRead ? read
            : Throws.TypeOf<CommandException>());
    }

    [Test]
    [Platform(Include = "Linux")]
    public void Read_OfAFileWithoutEnd_Stops()
    {
        Assert.That(
            () => BoundedFile.Read("/dev/zero", 1 << 20, "input file", mayBePipe: true),
            Throws.TypeOf<CommandException>()
                .With.Message.EqualTo("The input file /dev/zero is longer than 1,024.0 KiB."));
    }

    [TestCase("/dev/zero")]
    [TestCase("pipe")]
    [Platform(Include = "Linux")]
    public void Read_OfADeviceOrPipe_IsRefusedAtOnce(string name)
    {
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", _desk.PathOf("pipe")))
        {
            mkfifo.WaitForExit();
        }

        var attempt = Task.Run(() => BoundedFile.Read(Path.Combine(_desk.Folder, name), 1 << 20, "module"));
        Assert.That(Task.WaitAny([attempt], TimeSpan.FromSeconds(60)), Is.Zero);
        Assert.That(attempt.Exception!.InnerException, Is.TypeOf<CommandException>()
            .With.Message.EndsWith(name + " cannot be read."));
    }

    [Test]
    public void Read_OfAFolder_SaysSo()
    {
        Assert.That(
            () => BoundedFile.Read(_desk.Folder, 10, "budget"),
                Throws.TypeOf<CommandException>().With.Message.EndsWith("is a folder."));
    }

    [Test]
    public void Read_OfNothing_SaysSo()
    {
        Assert.That(
            () => BoundedFile.Read(_desk.PathOf("no/file"), 10, "budget"),
            Throws.TypeOf<CommandException>().With.Message.EndsWith("does not exist."));
    }

    [Test]
    public void Read_ThroughASymbolicLinkInACircle_SaysSo()
    {
        File.CreateSymbolicLink(_desk.PathOf("a"), _desk.PathOf("b"));
        File.CreateSymbolicLink(_desk.PathOf("b"), _desk.PathOf("a"));
        Assert.That(() => BoundedFile.Read(_desk.PathOf("a"), 10, "module"), Throws.TypeOf<CommandException>());
    }
}
