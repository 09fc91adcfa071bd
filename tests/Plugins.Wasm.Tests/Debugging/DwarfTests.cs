using System.Text;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Debugging;
using Plugins.Wasm.Tests.Support;

namespace Plugins.Wasm.Tests.Debugging;

/// <summary>Line tables that no compiler writes.</summary>
internal sealed class DwarfTests
{
    private const byte SetAddress = 2, EndSequence = 1, Copy = 1, AdvancePc = 2, AdvanceLine = 3, SetFile = 4;
    private const uint Code = 2;

    [Test]
    public void Lines_OfTwoUnits_AreFoundAfterABrokenOne()
    {
        byte[] broken = [.. Unit(Program(Code, 7)).Select((value, i) => i == 4 ? (byte)77 : value)];

        Assert.That(Find([.. broken, .. Unit(Program(Code, 7))]), Is.EqualTo("src/shop.x:7"));
    }

    [Test]
    public void Lines_OfCodeThatTheLinkerLeftOut_AreLeftOut()
    {
        Assert.That(Find(Unit(Program(0, 9))), Is.Null);
        Assert.That(Find(Unit(Program(uint.MaxValue, 9))), Is.Null);
        Assert.That(Find(Unit([.. Program(0, 9), .. Program(Code, 7)])), Is.EqualTo("src/shop.x:7"));
    }

    [Test]
    public void Sequence_WithoutAnEnd_IsLeftOut() =>
        Assert.That(Find(Unit(new ByteWriter().Bytes(At(Code)).Byte(Copy).ToArray())), Is.Null);

    [Test]
    public void Sequence_ThatGoesBack_IsLeftOut()
    {
        byte[] program = new ByteWriter()
            .Bytes(At(Code + 1)).Byte(Copy).Bytes(At(Code)).Byte(Copy).Byte(AdvancePc).UInt32(9).Bytes(End).ToArray();

        Assert.That(Find(Unit(program)), Is.Null);
    }

    [Test]
    public void Row_OfAFileThatIsNotThere_TellsNothing()
    {
        byte[] program = new ByteWriter()
            .Bytes(At(Code)).Byte(SetFile).UInt32(5).Byte(Copy).Byte(AdvancePc).UInt32(9).Bytes(End).ToArray();

        Assert.That(Find(Unit(program)), Is.Null);
    }

    [Test]
    public void Row_OfAFileWithoutAName_TellsNothing()
    {
        byte[] program = new ByteWriter()
            .Bytes(At(Code)).Byte(SetFile).UInt32(0).Byte(Copy).Byte(AdvancePc).UInt32(9).Bytes(End).ToArray();

        Assert.That(Find(Unit(program)), Is.Null);
    }

    [Test]
    public void Line_OfAnyNumber_IsOne()
    {
        byte[] program = new ByteWriter()
            .Bytes(At(Code)).Byte(AdvanceLine).Int64(-2).Byte(Copy).Byte(AdvancePc).UInt32(9).Bytes(End).ToArray();

        Assert.That(Find(Unit(program)), Is.EqualTo($"src/shop.x:{int.MaxValue}"));
    }

    [Test]
    public void Rows_WithoutNumber_AreKeptUpToALimit()
    {
        byte[] rows = new byte[3_000_000];
        Array.Fill(rows, Copy);
        byte[] unit = Unit([.. Program(Code, 7), .. At(Code), .. rows, .. End]);

        Assert.That(Find(unit), Is.EqualTo("src/shop.x:7"));
    }

    [Test]
    public void Files_WithoutNumberThatTakeNoBytes_AreRefused()
    {
        // Version 5, with no directories, and 2^32 - 1 files of no fields.
        byte[] header = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F];
        byte[] unit = Sized(
            new ByteWriter().Byte(5).Byte(0).Byte(4).Byte(0).Fixed32((uint)header.Length).Bytes(header));

        Assert.That(Find([.. unit, .. Unit(Program(Code, 7))]), Is.EqualTo("src/shop.x:7"));
    }

    private static byte[] End => [0, 1, EndSequence];

    private static byte[] At(uint address) =>
        new ByteWriter().Byte(0).Byte(5).Byte(SetAddress).Fixed32(address).ToArray();

    private static byte[] Program(uint address, int line) => new ByteWriter()
        .Bytes(At(address)).Byte(AdvanceLine).Int64(line - 1).Byte(Copy).Byte(AdvancePc).UInt32(20).Bytes(End)
        .ToArray();

    /// <summary>A unit of version 4, with one file.</summary>
    private static byte[] Unit(byte[] program)
    {
        ByteWriter header = new();
        header.Bytes(1, 1, 1, 0xFB, 14, 13).Bytes(0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1);
        header.Bytes(Encoding.ASCII.GetBytes("src\0\0shop.x\0")).Bytes(1, 0, 0, 0);
        return Sized(
            new ByteWriter().Byte(4).Byte(0).Fixed32((uint)header.Length).Bytes(header.ToArray()).Bytes(program));
    }

    private static byte[] Sized(ByteWriter unit) =>
        new ByteWriter().Fixed32((uint)unit.Length).Bytes(unit.ToArray()).ToArray();

    private static string? Find(byte[] lines)
    {
        byte[] module = new ModuleBuilder()
            .Function([], [], code => code.Op(Opcode.Nop).Op(Opcode.Unreachable), export: "run")
            .Custom(".debug_line", lines)
            .Build();
        int trap = ModuleDecoder.Decode(module, ModuleLimits.Default).Bodies[0].Start + 1;
        var frames = new SourcePositions(module).Find(trap);
        return frames.IsEmpty ? null : frames.Single().Position.ToString();
    }
}
