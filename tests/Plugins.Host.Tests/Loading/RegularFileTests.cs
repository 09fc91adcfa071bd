using Plugins.Host.Loading;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Loading;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Platform(Include = "Linux,MacOsX")]
internal sealed class RegularFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestCase(4, 4)]
    [TestCase(3, 3)]
    [TestCase(100, 5)]
    [TestCase(0, 0)]
    public void Read_OfAFile_GivesAtMostSoManyBytes(int maximum, int expected)
    {
        _folder.Write("file", [1, 2, 3, 4, 5]);
        Assert.That(RegularFile.Read(PathOf("file"), maximum), Is.EqualTo(new byte[] { 1, 2, 3, 4, 5 }[..expected]));
    }

    [Test]
    public void Read_ThroughALinkToAFile_GivesIt()
    {
        _folder.Write("file", [1, 2, 3]);
        File.CreateSymbolicLink(PathOf("link"), PathOf("file"));
        Assert.That(RegularFile.Read(PathOf("link"), 10), Has.Length.EqualTo(3));
    }

    [Test]
    [Platform(Include = "Linux")]
    public void Read_OfAFileThatTellsNoLength_GivesWhatIsThere()
    {
        Assert.That(new FileInfo("/proc/self/status").Length, Is.Zero);
        Assert.That(RegularFile.Read("/proc/self/status", 1 << 20), Has.Length.InRange(100, 1 << 16));
    }

    [Test]
    public void Read_OfAFileThatGrows_StopsAtTheMaximum()
    {
        _folder.Write("file", [1]);
        using var stream = RegularFile.Open(PathOf("file"));
        using var growing = new GrowingStream(stream);
        Assert.That(RegularFile.Read(growing, 100_000), Has.Length.EqualTo(100_000));
    }

    [TestCase("pipe")]
    [TestCase("link")]
    [TestCase("/dev/zero")]
    [TestCase("/dev/null")]
    [TestCase("/dev/tty")]
    public void Open_OfAnythingElse_IsRefusedAtOnce(string name)
    {
        File.CreateSymbolicLink(PathOf("link"), NamedPipe.Create(PathOf("pipe")));
        Refuses<IOException>(() => RegularFile.Open(Path.Combine(_folder.Path, name)).Dispose());
    }

    [Test]
    public void Open_OfASocket_IsRefused()
    {
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, default);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(PathOf("socket")));
        Refuses<IOException>(() => RegularFile.Open(PathOf("socket")).Dispose());
    }

    [Test]
    public void Open_OfAFolderOrNothing_SaysSo()
    {
        Assert.That(() => RegularFile.Open(_folder.Path), Throws.TypeOf<UnauthorizedAccessException>());
        Assert.That(() => RegularFile.Open(PathOf("no/file")), Throws.TypeOf<FileNotFoundException>());
        File.CreateSymbolicLink(PathOf("circle"), PathOf("circle"));
        Assert.That(() => RegularFile.Open(PathOf("circle")), Throws.InstanceOf<IOException>());
    }

    [TestCase("plugin.wasm")]
    [TestCase("plugin.sigstore.json")]
    [TestCase("plugin.dsse.json")]
    public void Plugin_WithAPipeAmongItsFiles_IsRefusedAtOnce(string pipe)
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Options.TrustPolicy = Signing.Policy;
        _folder.Write("plugin.wasm", [1, 2, 3]);
        File.Delete(PathOf(pipe));
        NamedPipe.Create(PathOf(pipe));
        Refuses<IOException>(() => rig.Host.LoadFolder(_folder.Path));
    }

    private static void Refuses<T>(Action open)
        where T : Exception
    {
        var attempt = Task.Run(open);
        var isOver = Task.WaitAny([attempt], TimeSpan.FromSeconds(60)) == 0;
        Assert.That(isOver, "It waits for somebody to write.");
        Assert.That(attempt.Exception!.InnerException, Is.InstanceOf<T>());
    }

    private string PathOf(string name) => Path.Combine(_folder.Path, name);

    /// <summary>A file of one byte into which somebody writes without end.</summary>
    private sealed class GrowingStream(Stream file) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => file.Length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override int Read(Span<byte> buffer) => buffer.Length;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
