using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Emit;

/// <summary>Results after the first, of functions that have few and of some that have many.</summary>
internal sealed class ManyResultsTests
{
    private static readonly ValueKind[] s_kinds = [I32, I64, F32, F64, FuncRef, ExternRef];

    [TestCase(2)]
    [TestCase(16)]
    [TestCase(17)]
    [TestCase(60)]
    [TestCase(1_000)]
    public void Results_HandedOn_AreWhatTheyWere(int count)
    {
        Value[] expected = Expected(count, out Instance instance);
        var results = new Value[count];

        instance.GetFunction("hand-on").Invoke([], results);

        Assert.That(results.Select(result => result.Bits), Is.EqualTo(expected.Select(value => value.Bits)));
        Assert.That(results.Select(result => result.Reference), Is.EqualTo(expected.Select(value => value.Reference)));
    }

    /// <summary>The callee's results must outlive other calls that leave theirs in the same place.</summary>
    [TestCase(5)]
    [TestCase(60)]
    public void Results_WaitingForOtherCalls_AreWhatTheyWere(int count)
    {
        ValueKind[] wide = [.. Enumerable.Repeat(I64, count)];
        Instance instance = new ModuleBuilder()
            .Function([], wide, c => Numbers(c, count, from: 0))
            .Function([], wide, c => Numbers(c, count, from: 1_000))
            .Function([], [I64], c => Sum(c.Call(0).Call(1), (2 * count) - 1), export: "run")
            .Instantiate();

        long sum = instance.GetFunction("run").CreateDelegate<Func<long>>()();

        Assert.That(sum, Is.EqualTo(Enumerable.Range(0, count).Sum(i => (2L * i) + 1_000)));
    }

    private static Value[] Expected(int count, out Instance instance)
    {
        ValueKind[] kinds = [.. Enumerable.Range(0, count).Select(i => s_kinds[i % s_kinds.Length])];
        instance = new ModuleBuilder()
            .Function([], kinds, c => Values(c, kinds))
            .Function([], kinds, c => c.Call(0), export: "hand-on")
            .DeclareFunctions(0)
            .Export("first", ExternKind.Function, 0)
            .Instantiate();
        Function first = instance.GetFunction("first");
        return [.. kinds.Select((kind, i) => kind switch
        {
            I32 => Value.FromInt32(-i),
            I64 => Value.FromInt64(-i),
            F32 => Value.FromSingle(i + 0.5f),
            F64 => Value.FromDouble(i + 0.25),
            FuncRef => Value.FromReference(kind, first),
            _ => Value.FromReference(kind, null),
        })];
    }

    private static void Values(CodeBuilder code, ValueKind[] kinds)
    {
        for (int i = 0; i < kinds.Length; i++)
        {
            _ = kinds[i] switch
            {
                I32 => code.I32Const(-i),
                I64 => code.I64Const(-i),
                F32 => code.F32Const(i + 0.5f),
                F64 => code.F64Const(i + 0.25),
                FuncRef => code.Op(Opcode.RefFunc, 0),
                _ => code.RefNull(ExternRef),
            };
        }
    }

    private static void Numbers(CodeBuilder code, int count, int from)
    {
        for (int i = 0; i < count; i++)
        {
            code.I64Const(from + i);
        }
    }

    private static void Sum(CodeBuilder code, int additions) =>
        code.Repeat(additions, one => one.Op(Opcode.I64Add));
}
