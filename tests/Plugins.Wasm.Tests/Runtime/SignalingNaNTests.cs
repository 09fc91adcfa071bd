using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

/// <summary>
/// What only moves a float keeps every bit of a NaN (WebAssembly 2.0, sections 2.2.3 and 4.3.3), also where the bits
/// are known when the function is compiled.
/// </summary>
[ModeFixture]
internal sealed class SignalingNaNTests(GuestMode mode) : GuestFixture(mode)
{
    private const int Bits = 0x7FA0_0001;
    private const long LongBits = 0x7FF4_0000_0000_0001;

    private static IEnumerable<TestCaseData> Singles()
    {
        yield return Case("reinterpreted", c => c.I32Const(Bits).Op(Opcode.F32ReinterpretI32));
        yield return Case("reinterpreted from a local", c => c
            .I32Const(Bits).LocalSet(0).LocalGet(0).Op(Opcode.F32ReinterpretI32));
        yield return Case("computed", c => c
            .I32Const(Bits - 1).I32Const(1).Op(Opcode.I32Add).Op(Opcode.F32ReinterpretI32));
        yield return Case("brought by a branch", c => c
            .Block(F32).I32Const(Bits).Op(Opcode.F32ReinterpretI32).Br(0).End());
        yield return Case("kept in a local", c => c
            .I32Const(Bits).Op(Opcode.F32ReinterpretI32).LocalSet(1).LocalGet(1));
        yield return Case("stored and loaded", c => c
            .I32Const(0).I32Const(Bits).Access(Opcode.I32Store).I32Const(0).Access(Opcode.F32Load));
        yield return Case("negated twice", c => c
            .I32Const(Bits).Op(Opcode.F32ReinterpretI32).Op(Opcode.F32Neg).Op(Opcode.F32Neg));
    }

    [TestCaseSource(nameof(Singles))]
    public void Single_OnlyMoved_KeepsItsBits(Action<CodeBuilder> code)
    {
        var results = new Value[1];
        Build(F32, code, [I32, F32]).GetFunction("run").Invoke([], results);

        Assert.That(results[0].Bits, Is.EqualTo((ulong)Bits));
    }

    [Test]
    public void Double_Reinterpreted_KeepsItsBits()
    {
        var results = new Value[1];
        Build(F64, c => c.I64Const(LongBits).Op(Opcode.F64ReinterpretI64), []).GetFunction("run").Invoke([], results);

        Assert.That(results[0].Bits, Is.EqualTo((ulong)LongBits));
    }

    private static Instance Build(ValueKind result, Action<CodeBuilder> code, ValueKind[] locals) => new ModuleBuilder()
        .Memory(1)
        .Function([], [result], code, locals, export: "run")
        .Instantiate();

    private static TestCaseData Case(string name, Action<CodeBuilder> code) =>
        new TestCaseData(code).SetArgDisplayNames(name);
}
