using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Memories;

[ModeFixture(false)]
[ModeFixture(true)]
internal sealed class WideArithmeticTests(bool meterFuel, GuestMode mode) : GuestFixture(mode)
{
    private static readonly ulong[] s_values =
    [
        0, 1, 2, ulong.MaxValue, ulong.MaxValue - 1, 1ul << 63, (1ul << 63) - 1, 0x0123_4567_89AB_CDEF,
        0xFEDC_BA98_7654_3210, 1ul << 32,
    ];

    [TestCase(Opcode.I64MulWideS)]
    [TestCase(Opcode.I64MulWideU)]
    public void Product_OfAnyTwo_HasBothHalves(Opcode opcode)
    {
        Function function = new ModuleBuilder()
            .Function([I64, I64], [I64, I64], code => code.LocalGet(0).LocalGet(1).Op(opcode), export: "run")
            .Instantiate(null, null, meterFuel).GetFunction("run");
        foreach (ulong a in s_values)
        {
            foreach (ulong b in s_values)
            {
                UInt128 expected = opcode == Opcode.I64MulWideU ? (UInt128)a * b : (UInt128)((Int128)(long)a * (long)b);
                Assert.That(Run(function, a, b), Is.EqualTo(expected), $"{a} * {b}");
            }
        }
    }

    [TestCase(Opcode.I64Add128)]
    [TestCase(Opcode.I64Sub128)]
    public void Sum_OfAnyTwo_CarriesIntoTheUpperHalf(Opcode opcode)
    {
        Function function = new ModuleBuilder()
            .Function([I64, I64, I64, I64], [I64, I64], code => code
                .LocalGet(0).LocalGet(1).LocalGet(2).LocalGet(3).Op(opcode), export: "run")
            .Instantiate(null, null, meterFuel).GetFunction("run");
        foreach (ulong low in s_values)
        {
            foreach (ulong high in s_values)
            {
                foreach (ulong other in s_values)
                {
                    UInt128 left = new(high, low), right = new(low, other);
                    UInt128 expected = unchecked(opcode == Opcode.I64Add128 ? left + right : left - right);
                    Assert.That(Run(function, low, high, other, low), Is.EqualTo(expected), $"{left}, {right}");
                }
            }
        }
    }

    // The halves are used on their own, in another order, and one of them not at all.
    [Test]
    public void Halves_OfAProduct_AreOperandsLikeOthers()
    {
        Instance instance = new ModuleBuilder()
            .Function([I64, I64], [I64], code => code
                .LocalGet(0).LocalGet(1).Op(Opcode.I64MulWideU).LocalSet(1)
                .LocalGet(1).Op(Opcode.I64Sub)
                .LocalGet(0).I64Const(2).Op(Opcode.I64MulWideS).Drop().Op(Opcode.I64Add), export: "run")
            .Instantiate(null, null, meterFuel);
        var run = instance.GetFunction("run").CreateDelegate<Func<long, long, long>>();
        const long Low = unchecked((long)0xFFFF_FFFF_0000_0000) * 5;
        Assert.That(run(unchecked((long)0xFFFF_FFFF_0000_0000), 5), Is.EqualTo(
            Low - 4 + (2 * unchecked((long)0xFFFF_FFFF_0000_0000))));
    }

    private static UInt128 Run(Function function, params ulong[] operands)
    {
        Value[] results = new Value[2];
        function.Invoke([.. operands.Select(operand => Value.FromInt64((long)operand))], results);
        return new UInt128((ulong)results[1].AsInt64(), (ulong)results[0].AsInt64());
    }
}
