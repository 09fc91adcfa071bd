using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Validation;

/// <content>Plain instructions have a loop of their own; at the end of a body they go by the others' rules.</content>
internal sealed partial class FunctionValidatorTests
{
    // Longer than any instruction, so that none before it stands at the end.
    private const int Padding = 16;

    private static readonly ValueKind[] Kinds = [I32, I64, F32, F64, FuncRef, ExternRef];

    [TestCaseSource(nameof(PlainOpcodes))]
    public void Validate_Plain_IsJudgedAlikeWhereverItStands(Opcode opcode)
    {
        foreach (ValueKind[] operands in OperandLists())
        {
            AssertAlike($"{opcode} of {string.Join(", ", operands)}", code => Write(Zeros(code, operands), opcode));
        }
    }

    [TestCase("28 03 00", Description = "alignment beyond the natural one")]
    [TestCase("28 20 00", Description = "alignment beyond all")]
    [TestCase("28 82 00 00", Description = "a padded alignment")]
    [TestCase("28 02 FF FF FF FF 0F")]
    [TestCase("28 02 FF FF FF FF 1F")]
    [TestCase("41 FF FF FF FF 07 1A")]
    [TestCase("41 FF FF FF FF 0F 1A")]
    [TestCase("41 80 80 80 80 80 00 1A")]
    [TestCase("42 FF FF FF FF FF FF FF FF FF 00 1A")]
    [TestCase("42 FF FF FF FF FF FF FF FF FF 02 1A")]
    [TestCase("20 80 01")]
    [TestCase("20 00")]
    [TestCase("21 00")]
    [TestCase("22 FF FF FF FF 1F")]
    [TestCase("17")]
    public void Validate_UnusualImmediates_AreJudgedAlikeWhereverTheyStand(string hex) =>
        AssertAlike(hex, code => code.I32Const(0).Raw(Hex.Bytes(hex)));

    [Test]
    public void Validate_LocalsWithLongIndices_HaveTheirOwnTypes()
    {
        (uint, ValueKind)[] locals = [.. Enumerable.Range(0, 300).Select(i => (1u, Kinds[i % 4]))];
        byte[] code = CodeBuilder.Bytes(body =>
        {
            for (uint i = 0; i < locals.Length; i++)
            {
                body.Zero(locals[i].Item2).LocalSet(i).LocalGet(i).LocalTee(i).Drop();
            }
        });
        ModuleBuilder module = new();
        Assert.That(
            Verdict.Of(module.Function(module.TypeIndex([], []), code, locals)), Is.EqualTo(Verdict.Valid));
    }

    [Test]
    public void Validate_FunctionWithFewerLocals_ForgetsTheFormer()
    {
        ModuleBuilder module = new();
        uint type = module.TypeIndex([], []);
        byte[] code = CodeBuilder.Bytes(body => body.LocalGet(2).Drop().Repeat(Padding, one => one.Op(Opcode.Nop)));
        module.Function(type, code, [(3u, I32)]).Function(type, code, [(2u, I64)]);
        Assert.That(Verdict.Of(module).Reason, Is.EqualTo("unknown local 2"));
    }

    [Test]
    public void Validate_MoreOperandsThanTheLimit_SaysWhereverTheyStand([Values(3, 40)] int limit)
    {
        var limits = ModuleLimits.Default with { Operands = limit };
        Action<CodeBuilder> full = code => code.Repeat(limit, one => one.I32Const(0)).Repeat(limit, one => one.Drop());
        Assert.That(Verdict.OfBody([], full, limits), Is.EqualTo(Verdict.Valid));
        int start = Verdict.OfBody([], code => code.Drop()).Offset;
        Action<CodeBuilder> fuller = code => code.Repeat(limit + 1, one => one.I32Const(0)).Op(Opcode.Unreachable);
        Assert.That(
            Verdict.OfBody([], fuller, limits), Is.EqualTo(new Verdict("limit", "Operands", start + (2 * limit))));
    }

    private static void AssertAlike(string name, Action<CodeBuilder> write)
    {
        Verdict atTheEnd = Judge(write);
        Verdict before = Judge(code =>
        {
            write(code);
            code.Repeat(Padding, one => one.Op(Opcode.Nop));
        });
        Assert.That(before, Is.EqualTo(atTheEnd), name);
    }

    // Whatever is left on the stack is allowed, as what follows is never reached.
    private static Verdict Judge(Action<CodeBuilder> write) =>
        Verdict.Of(new ModuleBuilder().Memory(1).Function([], [], code =>
        {
            write(code);
            code.Op(Opcode.Unreachable);
        }));

    private static IEnumerable<Opcode> PlainOpcodes() =>
        Enum.GetValues<Opcode>().Where(opcode => OpcodeTable.Get(opcode).IsPlain);

    private static IEnumerable<ValueKind[]> OperandLists() =>
    [
        [],
        .. Kinds.Select(kind => new[] { kind }),
        .. from first in Kinds from second in Kinds select new[] { first, second },
    ];

    private static CodeBuilder Zeros(CodeBuilder code, ValueKind[] kinds)
    {
        foreach (ValueKind kind in kinds)
        {
            code.Zero(kind);
        }

        return code;
    }

    private static void Write(CodeBuilder code, Opcode opcode)
    {
        OpcodeInfo info = OpcodeTable.Get(opcode);
        if (info.AccessBytes > 0)
        {
            code.Access(opcode);
        }
        else if (info.OperandCount > 0)
        {
            code.Op(opcode);
            if (opcode == Opcode.I8x16Shuffle)
            {
                code.Raw(new byte[16]);
            }
        }
        else
        {
            code.Zero(info.Result);
        }
    }
}
