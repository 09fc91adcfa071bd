using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Validation;

/// <summary>No bytes make decoding or validation throw other exceptions than theirs, or waste memory.</summary>
internal sealed class HostileModuleTests
{
    // Room for the test's own exceptions and texts; a bomb that went off would take hundreds of megabytes.
    private const long FewBytes = 2 << 20;

    private static readonly byte[] Bomb = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F];

    private static readonly byte[] Rich = RichModule.Create()
        .Function([], [I32], code => code
            .Block(I32).I32Const(1).I32Const(0).BrTable(0, 0, 1).End()
            .If(I64).I64Const(1).Else().I64Const(2).End().Op(Opcode.I32WrapI64)
            .I32Const(0).RefNull(ExternRef).I32Const(1).Op(Opcode.TableFill, 1)
            .I32Const(0).I32Const(0).CallIndirect(0).Access(Opcode.I32Load, 4).Op(Opcode.I32Add))
        .Build();

    [Test]
    public void Decode_TruncatedAtAnyByte_IsRefusedOrValid()
    {
        Assert.That(Verdict.Of(Rich), Is.EqualTo(Verdict.Valid));
        for (int length = 0; length < Rich.Length; length++)
        {
            Verdict verdict = Verdict.Of(Rich.AsSpan(0, length));
            Assert.That(verdict.Offset, Is.InRange(0, length), $"{length}: {verdict}");
        }
    }

    [Test]
    public void Decode_AnyByteReplaced_IsRefusedOrValid()
    {
        byte[] wasm = [.. Rich];
        for (int position = 0; position < wasm.Length; position++)
        {
            for (int change = 1; change < 256; change++)
            {
                wasm[position] = (byte)(Rich[position] ^ change);
                Assert.That(Verdict.Of(wasm).Offset, Is.InRange(0, wasm.Length));
            }

            wasm[position] = Rich[position];
        }
    }

    [Test]
    public void Decode_AnyByteReplacedByAHugeNumber_AllocatesLittle()
    {
        for (int position = 8; position < Rich.Length; position++)
        {
            byte[] wasm = [.. Rich.AsSpan(0, position), .. Bomb, .. Rich.AsSpan(position + 1)];
            Assert.That(AllocatedBy(() => Verdict.Of(wasm)), Is.LessThan(FewBytes), $"at {position}");
        }
    }

    [Test]
    public void Decode_HugeCountInASection_AllocatesLittle([Range(1, 12)] int section)
    {
        byte[] wasm = ModuleBuilder.Assemble(ModuleBuilder.Section(section, Bomb));
        Verdict? verdict = null;
        Assert.That(AllocatedBy(() => verdict = Verdict.Of(wasm)), Is.LessThan(FewBytes));
        Assert.That(verdict, Is.Not.EqualTo(Verdict.Valid));
    }

    [TestCase("01 07 01 60 FF FF FF FF 0F")]
    [TestCase("01 08 01 60 00 FF FF FF FF 0F")]
    [TestCase("02 07 01 FF FF FF FF 0F 00")]
    [TestCase("09 08 01 01 00 FF FF FF FF 0F")]
    [TestCase("0B 07 01 01 FF FF FF FF 0F")]
    [TestCase("00 05 FF FF FF FF 0F")]
    [TestCase("0A 06 01 FF FF FF FF 0F")]
    public void Decode_HugeInnerCount_IsOutOfBounds(string section)
    {
        byte[] wasm = ModuleBuilder.Assemble(Hex.Bytes(section));
        Assert.That(Verdict.Of(wasm).Reason, Is.EqualTo("length out of bounds"));
        Assert.That(AllocatedBy(() => Verdict.Of(wasm)), Is.LessThan(FewBytes));
    }

    [Test]
    public void Validate_ManyFunctionsOfManyLocals_AllocatesLittle()
    {
        ModuleBuilder module = new();
        uint type = module.TypeIndex([], []);
        byte[] code = CodeBuilder.Bytes(body => body.LocalGet(49_999).Drop());
        for (int i = 0; i < 10_000; i++)
        {
            module.Function(type, code, [(50_000, I64)]);
        }

        byte[] wasm = module.Build();
        Verdict? verdict = null;
        Assert.That(AllocatedBy(() => verdict = Verdict.Of(wasm)), Is.LessThan(4 * FewBytes));
        Assert.That(verdict, Is.EqualTo(Verdict.Valid));
    }

    [Test]
    public void Decode_ManyRunsOfLocals_AreRefusedWithoutKeepingThem()
    {
        ModuleBuilder module = new();
        byte[] wasm = module.Function(
            module.TypeIndex([], []), [], [.. Enumerable.Repeat((1u, I32), 1_000_000)]).Build();
        Verdict? verdict = null;
        Assert.That(AllocatedBy(() => verdict = Verdict.Of(wasm)), Is.LessThan(wasm.Length + FewBytes));
        Assert.That(verdict!.ToString(), Is.EqualTo("limit: Locals"));
    }

    [TestCase(Opcode.Block)]
    [TestCase(Opcode.Loop)]
    [TestCase(Opcode.If)]
    public void Validate_DeepNesting_IsRefused(Opcode opcode) => Assert.That(
        Verdict.OfBody([], code => code.Repeat(1_000_000, nested => Nest(nested, opcode))).ToString(),
        Is.EqualTo("limit: NestingDepth"));

    [Test]
    public void Validate_NestingUpToTheLimit_IsValid() => Assert.That(
        Verdict.OfBody([], code => code
            .Repeat(50_000, nested => nested.Block()).Br(50_000).Repeat(50_000, nested => nested.End())),
        Is.EqualTo(Verdict.Valid));

    [Test]
    public void Decode_DeepNestingInAConstant_IsRefused() => Assert.That(
        Verdict.Of(new ModuleBuilder().Global(I32, value: code => code
            .Repeat(1_000_000, nested => nested.Block()).Repeat(1_000_000, nested => nested.End()))).Reason,
        Is.EqualTo("constant expression required"));

    [Test]
    public void Validate_CallsThatPileUpResults_AreRefused()
    {
        byte[] wasm = new ModuleBuilder()
            .ImportFunction("env", "many", [], [.. Enumerable.Repeat(I64, 1_000)])
            .Function([], [], code => code.Repeat(1_000_000, call => call.Call(0))).Build();
        Verdict? verdict = null;
        Assert.That(AllocatedBy(() => verdict = Verdict.Of(wasm)), Is.LessThan(wasm.Length + FewBytes));
        Assert.That(verdict!.ToString(), Is.EqualTo("limit: Operands"));
    }

    private static void Nest(CodeBuilder code, Opcode opcode)
    {
        if (opcode == Opcode.If)
        {
            code.I32Const(0);
        }

        code.Op(opcode, 0x40);
    }

    private static long AllocatedBy(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
