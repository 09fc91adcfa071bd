using System.Runtime.Versioning;
using Plugins.Cli.Failures;
using Plugins.Cli.Files;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Files;

internal sealed class NewFileTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public void Write_OverAFile_NeedsPermission()
    {
        _desk.Put("a", "old");

        Assert.That(() => NewFile.Write(_desk.PathOf("a"), "new"u8, overwrite: false),
            Throws.TypeOf<CommandException>());
        Assert.That(_desk.Read("a"), Is.EqualTo("old"u8.ToArray()));

        NewFile.Write(_desk.PathOf("a"), "new"u8, overwrite: true);
        Assert.That(_desk.Read("a"), Is.EqualTo("new"u8.ToArray()));
    }

    [Test]
    public void Write_OverASymbolicLink_LeavesItsTargetAlone()
    {
        _desk.Put("target", "precious");
        File.CreateSymbolicLink(_desk.PathOf("link"), _desk.PathOf("target"));

        NewFile.Write(_desk.PathOf("link"), "new"u8, overwrite: true);

        Assert.That(_desk.Read("target"), Is.EqualTo("precious"u8.ToArray()));
        Assert.That(new FileInfo(_desk.PathOf("link")).LinkTarget, Is.Null);
    }

    [Test]
    public void Write_OverALinkToNowhere_NeedsPermission()
    {
        File.CreateSymbolicLink(_desk.PathOf("link"), _desk.PathOf("nowhere"));
        Assert.That(() => NewFile.Write(_desk.PathOf("link"), "new"u8, overwrite: false),
            Throws.TypeOf<CommandException>());
        Assert.That(File.Exists(_desk.PathOf("nowhere")), Is.False);
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void Write_OfASecret_IsForItsOwnerOnly()
    {
        NewFile.Write(_desk.PathOf("key"), "secret"u8, overwrite: false, isSecret: true);
        Assert.That(
            File.GetUnixFileMode(_desk.PathOf("key")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Write_IntoNoFolder_IsAUsageError_AndLeavesNothing()
    {
        var failure = Assert.Throws<CommandException>(
            () => NewFile.Write(_desk.PathOf("no/where"), "new"u8, overwrite: false))!;
        Assert.That(failure.Complaint.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(Directory.EnumerateFileSystemEntries(_desk.Folder), Is.Empty);
    }
}
