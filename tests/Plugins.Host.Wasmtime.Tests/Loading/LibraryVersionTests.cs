using System.Text;
using Plugins.Host.Wasmtime.Loading;

namespace Plugins.Host.Wasmtime.Tests.Loading;

internal sealed class LibraryVersionTests
{
    [TestCase("50", 50)]
    [TestCase("34.0.2", 34)]
    [TestCase("48.0.8", 48)]
    [TestCase("", null)]
    [TestCase("next", null)]
    [TestCase("-1", null)]
    [TestCase("99999999999", null)]
    public void Version_InACompiledModule_IsItsFirstNumber(string text, int? expected) =>
        Assert.That(LibraryVersion.Find(Compiled(text)), Is.EqualTo(expected));

    [Test]
    public void Version_InAModuleOfAnotherSection_IsNotFound() =>
        Assert.That(LibraryVersion.Find(Compiled("50", section: ".wasmtime.engines")), Is.Null);

    [Test]
    public void Version_InASectionOfAnotherLayout_IsNotFound()
    {
        var code = Compiled("50");
        code[64] = 1;
        Assert.That(LibraryVersion.Find(code), Is.Null);
    }

    [Test]
    public void Version_InAModuleThatIsCutAnywhere_IsNotFound()
    {
        var code = Compiled("50");
        Assert.That(LibraryVersion.Find(code), Is.EqualTo(50));
        for (var length = 0; length < code.Length; length++)
        {
            Assert.That(LibraryVersion.Find(code.AsSpan(0, length)), Is.Null, $"{length}");
        }
    }

    [TestCase(0x28, 8)]
    [TestCase(0x3C, 2)]
    [TestCase(0x3E, 2)]
    public void Version_InAHeaderOfNonsense_IsNotFound(int offset, int bytes)
    {
        var code = Compiled("50");
        code.AsSpan(offset, bytes).Fill(0xFF);
        Assert.That(LibraryVersion.Find(code), Is.Null.Or.EqualTo(50));
    }

    // A file of two sections after its header: the one that is looked for, and the sections' names; then their table.
    private static byte[] Compiled(string version, string section = ".wasmtime.engine")
    {
        byte[] engine = [0, (byte)version.Length, .. Encoding.ASCII.GetBytes(version), 7, 7];
        byte[] names = [0, .. Encoding.ASCII.GetBytes(section), 0];
        byte[] header = [0x7F, (byte)'E', (byte)'L', (byte)'F', .. new byte[60]];
        var table = header.Length + engine.Length + names.Length;
        BitConverter.TryWriteBytes(header.AsSpan(0x28), (ulong)table);
        BitConverter.TryWriteBytes(header.AsSpan(0x3C), (ushort)2);
        BitConverter.TryWriteBytes(header.AsSpan(0x3E), (ushort)1);
        return
        [
            .. header, .. engine, .. names,
            .. Section(name: 1, header.Length, engine.Length),
            .. Section(name: 0, header.Length + engine.Length, names.Length),
        ];
    }

    private static byte[] Section(int name, int start, int length)
    {
        var section = new byte[64];
        BitConverter.TryWriteBytes(section, name);
        BitConverter.TryWriteBytes(section.AsSpan(0x18), (ulong)start);
        BitConverter.TryWriteBytes(section.AsSpan(0x20), (ulong)length);
        return section;
    }
}
