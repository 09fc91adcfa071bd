using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Binary;

internal sealed class ModuleDecoderTests
{
    [Test]
    public void Decode_HeaderOnly_IsAnEmptyModule()
    {
        BinaryModule module = Decode(ModuleBuilder.Assemble());
        Assert.That(module.Types, Is.Empty);
        Assert.That(module.Bodies, Is.Empty);
        Assert.That(module.DataCount, Is.Null);
        Assert.That(module.StartFunction, Is.Null);
    }

    [Test]
    public void Decode_Bytes_AreTheModulesOwn()
    {
        byte[] wasm = RichModule.Create().Build();
        BinaryModule module = Decode(wasm);
        Assert.That(module.Bytes, Is.EqualTo(wasm).And.Not.SameAs(wasm));
    }

    [Test]
    public void Decode_IndexSpaces_BeginWithImports()
    {
        BinaryModule module = Decode(RichModule.Create().Build());
        Assert.That(module.FunctionTypeIndices, Is.EqualTo(new[] { 0, 1, 0 }));
        Assert.That((module.ImportedFunctionCount, module.ImportedGlobalCount), Is.EqualTo((1, 1)));
        Assert.That(module.Globals.Select(global => global.Value), Is.EqualTo(new[] { I32, I32, F64, FuncRef }));
        Assert.That(module.GlobalInitializers, Has.Length.EqualTo(3));
        Assert.That(module.Bodies, Has.Length.EqualTo(2));
    }

    [Test]
    public void Decode_ImportsOfEveryKind_AreGiven()
    {
        BinaryModule module = Decode(new ModuleBuilder()
            .ImportFunction("a", "f", [I32], [I64])
            .ImportTable("a", "t", 1, 2, ExternRef)
            .ImportMemory("b", "m", 3)
            .ImportGlobal("b", "", F32, isMutable: true)
            .Build());
        Assert.That(
            module.Imports.Select(import => $"{import.Module}.{import.Name} {import.Type}"),
            Is.EqualTo(new[]
            {
                "a.f (I32) -> (I64)", "a.t table 1..2 ExternRef", "b.m memory 3..", "b. global (mut F32)",
            }));
    }

    [Test]
    public void Decode_Exports_CarryTypeAndIndex()
    {
        BinaryModule module = Decode(RichModule.Create().Build());
        Assert.That(
            module.Exports.Select(export => $"{export.Name} {export.Type} {export.Index}"),
            Is.EqualTo(new[]
            {
                "swap (I32, I64) -> (I64, I32) 1", "externs table 10.. ExternRef 1", "memory memory 1..2 0",
            }));
    }

    [Test]
    public void Decode_Body_GivesLocalsAndCode()
    {
        BinaryModule module = Decode(new ModuleBuilder()
            .Function([I32], [], code => code.Op(Opcode.Nop), [I64, I64, F32]).Build());
        FunctionBody body = module.Bodies[0];
        Assert.That(
            body.Locals, Is.EqualTo(new[] { new LocalGroup(2, ValueCode.I64), new LocalGroup(1, ValueCode.F32) }));
        Assert.That(module.Bytes[body.Start..body.End], Is.EqualTo(Hex.Bytes("01 0B")));
    }

    [Test]
    public void Decode_EmptyLocalRuns_AreDropped()
    {
        ModuleBuilder module = new ModuleBuilder().Type([], []);
        BinaryModule decoded = Decode(module.Function(0, [], [(0, I32), (3, F64), (0, I64)]).Build());
        Assert.That(decoded.Bodies[0].Locals, Is.EqualTo(new[] { new LocalGroup(3, ValueCode.F64) }));
    }

    [TestCase("00 41 01 0B 01 02", SegmentMode.Active, 0u, ValueCode.NonNullFuncRef, Opcode.RefFunc)]
    [TestCase("01 00 01 02", SegmentMode.Passive, 0u, ValueCode.NonNullFuncRef, Opcode.RefFunc)]
    [TestCase("02 03 41 01 0B 00 01 02", SegmentMode.Active, 3u, ValueCode.NonNullFuncRef, Opcode.RefFunc)]
    [TestCase("03 00 01 02", SegmentMode.Declarative, 0u, ValueCode.NonNullFuncRef, Opcode.RefFunc)]
    [TestCase("04 41 01 0B 01 D2 02 0B", SegmentMode.Active, 0u, ValueCode.FuncRef, Opcode.RefFunc)]
    [TestCase("05 6F 01 D0 6F 0B", SegmentMode.Passive, 0u, ValueCode.ExternRef, Opcode.RefNull)]
    [TestCase("06 03 41 01 0B 6F 01 D0 6F 0B", SegmentMode.Active, 3u, ValueCode.ExternRef, Opcode.RefNull)]
    [TestCase("07 70 01 D0 70 0B", SegmentMode.Declarative, 0u, ValueCode.FuncRef, Opcode.RefNull)]
    public void Decode_ElementSegment_OfEachForm(
        string hex, SegmentMode mode, uint table, ValueCode code, Opcode item)
    {
        ElementSegment segment = Decode(new ModuleBuilder().RawElements(Hex.Bytes(hex)).Build()).Elements[0];
        Assert.That((segment.Mode, segment.TableIndex, segment.Code), Is.EqualTo((mode, table, code)));
        Assert.That(segment.Items.Select(expression => expression.Opcode), Is.EqualTo(new[] { item }));
        Assert.That(segment.TableOffset.Bits, Is.EqualTo(mode == SegmentMode.Active ? 1 : 0));
    }

    [Test]
    public void Decode_DataSegments_PointIntoTheBytes()
    {
        BinaryModule module = Decode(RichModule.Create().Data(code => code.I32Const(7), [9], memory: 5).Build());
        Assert.That(
            module.Data.Select(segment => (segment.Mode, segment.MemoryIndex, segment.MemoryOffset.Bits)),
            Is.EqualTo(new[]
            {
                (SegmentMode.Active, 0u, 8ul), (SegmentMode.Passive, 0u, 0ul), (SegmentMode.Active, 5u, 7ul),
            }));
        Assert.That(
            module.Data.Select(segment => module.Bytes[segment.Start..(segment.Start + segment.Length)]),
            Is.EqualTo(new byte[][] { [1, 2, 3], [4, 5, 6], [9] }));
        Assert.That(module.DataCount, Is.EqualTo(3));
    }

    [Test]
    public void Decode_CustomSection_PointsIntoTheBytes()
    {
        BinaryModule module = Decode(new ModuleBuilder().Custom("extra", 1, 2, 3).Build());
        CustomSection section = module.CustomSections[0];
        Assert.That(section.Name, Is.EqualTo("extra"));
        Assert.That(module.Bytes[section.Start..(section.Start + section.Length)], Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void Decode_Offsets_AreWhereEntriesBegin()
    {
        byte[] wasm = ModuleBuilder.Assemble(
            ModuleBuilder.Section(5, Hex.Bytes("01 00 01")), ModuleBuilder.Section(7, Hex.Bytes("01 01 61 02 00")));
        BinaryModule module = Decode(wasm);
        Assert.That(module.Offsets.Memories, Is.EqualTo(new[] { 11 }));
        Assert.That(module.Offsets.Exports, Is.EqualTo(new[] { 16 }));
    }

    [TestCase("", "unexpected end", 0)]
    [TestCase("00 61 73", "unexpected end", 3)]
    [TestCase("01 61 73 6D 01 00 00 00", "magic header not detected", 0)]
    [TestCase("00 61 73 6D", "unexpected end", 4)]
    [TestCase("00 61 73 6D 01 00 00", "unexpected end", 7)]
    [TestCase("00 61 73 6D 02 00 00 00", "unknown binary version", 4)]
    [TestCase("00 61 73 6D 00 00 01 00", "unknown binary version", 4)]
    public void Decode_WrongHeader_IsMalformed(string hex, string reason, int offset) =>
        Assert.That(Verdict.Of(Hex.Bytes(hex)), Is.EqualTo(new Verdict("malformed", reason, offset)));

    [TestCase("0E 00", "malformed section id", 8)]
    [TestCase("80 00", "malformed section id", 8)]
    [TestCase("01", "unexpected end of section or function", 9)]
    [TestCase("01 05 00", "length out of bounds", 9)]
    [TestCase("01 02 00 00", "section size mismatch", 8)]
    [TestCase("05 01 01 00 01", "section size mismatch", 8)]
    [TestCase("01 01 00 01 01 00", "unexpected content after last section", 11)]
    [TestCase("03 01 00 01 01 00", "unexpected content after last section", 11)]
    [TestCase("0A 01 00 0C 01 00", "unexpected content after last section", 11)]
    [TestCase("0C 01 00 09 01 00", "unexpected content after last section", 11)]
    [TestCase("00 00", "unexpected end of section or function", 10)]
    [TestCase("00 02 05 61 61 61 61 61", "length out of bounds", 10)]
    public void Decode_WrongFraming_IsMalformed(string hex, string reason, int offset) => Assert.That(
        Verdict.Of(ModuleBuilder.Assemble(Hex.Bytes(hex))), Is.EqualTo(new Verdict("malformed", reason, offset)));

    [TestCase("01 04 01 5B 00 00", "malformed function type")]
    [TestCase("01 05 01 60 01 7A 00", "malformed value type")]
    [TestCase("02 05 01 00 00 05 00", "malformed import kind")]
    [TestCase("04 04 01 7F 00 00", "malformed reference type")]
    [TestCase("05 03 01 02 00", "malformed limits flags", Description = "limits with an unknown flag")]
    [TestCase("05 04 01 80 00 00", "malformed limits flags")]
    [TestCase("06 06 01 7F 02 41 00 0B", "malformed mutability")]
    [TestCase("07 04 01 00 05 00", "malformed export kind")]
    [TestCase("09 02 01 08", "malformed elements segment kind")]
    [TestCase("09 04 01 01 01 00", "malformed element kind")]
    [TestCase("0B 03 01 03 00", "malformed data segment kind")]
    [TestCase("06 05 01 7F 00 41 00", "unexpected end of section or function", Description = "a constant without end")]
    [TestCase("06 05 01 7F 00 FF 0B", "illegal opcode 0xFF")]
    public void Decode_WrongEntry_IsMalformed(string hex, string reason) =>
        Assert.That(Verdict.Of(ModuleBuilder.Assemble(Hex.Bytes(hex))).ToString(), Is.EqualTo($"malformed: {reason}"));

    [TestCase("03 02 01 00", "function and code section have inconsistent lengths")]
    [TestCase("0A 04 01 02 00 0B", "function and code section have inconsistent lengths")]
    [TestCase("0C 01 01", "data count and data section have inconsistent lengths")]
    [TestCase("0C 01 01 0B 01 00", "data count and data section have inconsistent lengths")]
    [TestCase("0C 01 00 0B 03 01 01 00", "data count and data section have inconsistent lengths")]
    public void Decode_InconsistentCounts_AreMalformed(string hex, string reason) => Assert.That(
        Verdict.Of(ModuleBuilder.Assemble(Hex.Bytes("01 04 01 60 00 00"), Hex.Bytes(hex))).ToString(),
        Is.EqualTo($"malformed: {reason}"));

    [TestCase("0A 05 01 03 02 0B 00", "malformed value type", Description = "locals that are code")]
    [TestCase("0A 07 01 01 01 01 7F 00 0B", "section size mismatch", Description = "locals past the body's end")]
    [TestCase("0A 0F 01 0D 02 FF FF FF FF 0F 7F 01 7F 0B 00 00 00", "too many locals")]
    public void Decode_WrongLocals_AreMalformed(string hex, string reason) => Assert.That(
        Verdict.Of(ModuleBuilder.Assemble(
            Hex.Bytes("01 04 01 60 00 00"), Hex.Bytes("03 02 01 00"), Hex.Bytes(hex))).ToString(),
        Is.EqualTo($"malformed: {reason}"));

    // The one run of locals is "00 7F", which is also the beginning of a custom section.
    [Test]
    public void Decode_LocalsInTheNextSection_AreMalformed() => Assert.That(
        Verdict.Of(ModuleBuilder.Assemble(
            Hex.Bytes("01 04 01 60 00 00"),
            Hex.Bytes("03 02 01 00"),
            Hex.Bytes("0A 03 01 01 01"),
            ModuleBuilder.Section(0, new byte[0x7F]))).ToString(),
        Is.EqualTo("malformed: section size mismatch"));

    [Test]
    public void Decode_UnknownTypeAndMalformedRest_IsMalformed() => Assert.That(
        Verdict.Of(ModuleBuilder.Assemble(Hex.Bytes("03 02 01 07"), Hex.Bytes("0D 00"))).Kind,
        Is.EqualTo("malformed"));

    private static BinaryModule Decode(byte[] wasm) => ModuleDecoder.Decode(wasm, ModuleLimits.Default);
}
