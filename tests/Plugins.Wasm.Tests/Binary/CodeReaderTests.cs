using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Binary;

internal sealed class CodeReaderTests
{
    [TestCase("10 80 01", Opcode.Call, 128u, 0u)]
    [TestCase("11 02 01", Opcode.CallIndirect, 2u, 1u)]
    [TestCase("20 03", Opcode.LocalGet, 3u, 0u)]
    [TestCase("25 01", Opcode.TableGet, 1u, 0u)]
    [TestCase("28 02 05", Opcode.I32Load, 0u, 2u)]
    [TestCase("3F 00", Opcode.MemorySize, 0u, 0u)]
    [TestCase("D2 07", Opcode.RefFunc, 7u, 0u)]
    [TestCase("FC 08 04 00", Opcode.MemoryInit, 4u, 0u)]
    [TestCase("FC 09 04", Opcode.DataDrop, 4u, 0u)]
    [TestCase("FC 0A 00 00", Opcode.MemoryCopy, 0u, 0u)]
    [TestCase("FC 0B 00", Opcode.MemoryFill, 0u, 0u)]
    [TestCase("FC 0C 05 06", Opcode.TableInit, 5u, 6u)]
    [TestCase("FC 0E 01 02", Opcode.TableCopy, 1u, 2u)]
    [TestCase("FC 11 03", Opcode.TableFill, 3u, 0u)]
    [TestCase("3F 01", Opcode.MemorySize, 1u, 0u)]
    [TestCase("40 80 00", Opcode.MemoryGrow, 0u, 0u)]
    [TestCase("FC 0A 02 01", Opcode.MemoryCopy, 2u, 1u)]
    [TestCase("FC 0B 01", Opcode.MemoryFill, 1u, 0u)]
    [TestCase("FC 08 05 01", Opcode.MemoryInit, 5u, 1u)]
    [TestCase("28 42 03 00", Opcode.I32Load, 3u, 2u, Description = "a memory and an alignment")]
    [TestCase("FC 91 80 00 03", Opcode.TableFill, 3u, 0u, Description = "a prefix's number may be padded")]
    public void Read_Indices_AreGiven(string hex, Opcode opcode, uint first, uint second)
    {
        Instruction instruction = ReadOnly(hex);
        Assert.That(
            (instruction.Opcode, instruction.Index, instruction.SecondIndex), Is.EqualTo((opcode, first, second)));
    }

    [TestCase("41 7F", Opcode.I32Const, 0xFFFFFFFFul)]
    [TestCase("42 7F", Opcode.I64Const, ulong.MaxValue)]
    [TestCase("43 00 00 C0 7F", Opcode.F32Const, 0x7FC00000ul)]
    [TestCase("44 01 00 00 00 00 00 F0 7F", Opcode.F64Const, 0x7FF0000000000001ul)]
    [TestCase("37 03 FF FF FF FF 0F", Opcode.I64Store, 0xFFFFFFFFul)]
    [TestCase("37 03 FF FF FF FF FF FF FF FF FF 01", Opcode.I64Store, ulong.MaxValue)]
    public void Read_Constant_KeepsEveryBit(string hex, Opcode opcode, ulong bits)
    {
        Instruction instruction = ReadOnly(hex);
        Assert.That((instruction.Opcode, instruction.Immediate), Is.EqualTo((opcode, bits)));
    }

    [Test]
    public void Read_TypedSelect_GivesCountAndType()
    {
        Instruction instruction = ReadOnly("1C 01 6F");
        Assert.That((instruction.Index, instruction.Kind), Is.EqualTo((1u, ValueKind.ExternRef)));
    }

    [Test]
    public void Read_Block_GivesType() =>
        Assert.That(ReadOnly("02 7E").BlockType, Is.EqualTo(BlockType.Of(ValueCode.I64)));

    [Test]
    public void Read_BranchTable_StandsBeforeTargets()
    {
        CodeReader code = new(Hex.Bytes("0E 02 05 80 01 07"), ModuleTypes.None, 0, 6);
        code.Read(out Instruction table);
        Assert.That(table.Index, Is.EqualTo(2));
        Assert.That(new[] { code.ReadIndex(), code.ReadIndex(), code.ReadIndex() }, Is.EqualTo(new[] { 5u, 128u, 7u }));
        Assert.That(code.IsAtEnd);
    }

    [Test]
    public void SkipTargets_BranchTable_StandsBehindDefault()
    {
        CodeReader code = new(Hex.Bytes("0E 02 05 80 01 07 0B"), ModuleTypes.None, 0, 7);
        code.Read(out Instruction table);
        code.SkipTargets(table);
        Assert.That(code.Position, Is.EqualTo(6));
    }

    [Test]
    public void Read_FromTheMiddle_GivesOffsetsOfTheModule()
    {
        CodeReader code = new(Hex.Bytes("FF FF 01 41 05 0B FF"), ModuleTypes.None, 2, 6);
        List<int> offsets = [];
        while (code.Read(out Instruction instruction))
        {
            offsets.Add(instruction.Offset);
        }

        Assert.That(offsets, Is.EqualTo(new[] { 2, 3, 5 }));
    }

    [TestCase("27")]
    [TestCase("C5")]
    [TestCase("FB 1F")]
    [TestCase("FD 94 02")]
    [TestCase("FE 04")]
    [TestCase("FF")]
    [TestCase("FC 12")]
    [TestCase("FC FF 01")]
    [TestCase("FC 80 02", Description = "must not be taken for FC 00")]
    public void Read_IllegalOpcode_IsRefused(string hex) =>
        Assert.That(Refusal(hex).Reason, Does.StartWith("illegal opcode"));

    [TestCase("28 80 01 00")]
    [TestCase("28 C0 01 00 00")]
    public void Read_FlagsThatNothingHas_AreRefused(string hex) =>
        Assert.That(Refusal(hex).Reason, Is.EqualTo("malformed memop flags"));

    [TestCase("D0 7F", "malformed reference type")]
    [TestCase("1C 01 7A", "malformed value type")]
    [TestCase("1C 05 7F", "length out of bounds")]
    [TestCase("0E 05 00", "length out of bounds")]
    [TestCase("41 80 80 80 80 80 00", "integer representation too long")]
    [TestCase("43 00 00 00", "unexpected end of section or function")]
    [TestCase("28 02", "unexpected end of section or function")]
    [TestCase("FC", "unexpected end of section or function")]
    public void Read_MalformedImmediate_IsRefused(string hex, string reason) =>
        Assert.That(Refusal(hex).Reason, Is.EqualTo(reason));

    private static Instruction ReadOnly(string hex)
    {
        byte[] bytes = Hex.Bytes(hex);
        CodeReader code = new(bytes, ModuleTypes.None, 0, bytes.Length);
        Assert.That(code.Read(out Instruction instruction));
        Assert.That(code.IsAtEnd);
        return instruction;
    }

    private static MalformedModuleException Refusal(string hex)
    {
        byte[] bytes = Hex.Bytes(hex);
        return Assert.Throws<MalformedModuleException>(
            () => new CodeReader(bytes, ModuleTypes.None, 0, bytes.Length).Read(out _))!;
    }
}
