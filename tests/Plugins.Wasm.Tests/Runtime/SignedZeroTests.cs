using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

/// <summary>
/// Minimum and maximum of zeros of both signs (WebAssembly 2.0, section 4.3.3), where the optimiser knows one of them.
/// </summary>
[ModeFixture]
internal sealed class SignedZeroTests(GuestMode mode) : GuestFixture(mode)
{
    [Test]
    public void Extreme_OfZeros_HasTheSpecificationsSign(
        [Values(Opcode.F32Min, Opcode.F32Max, Opcode.F64Min, Opcode.F64Max)] Opcode opcode,
        [Values(0.0, -0.0)] double known,
        [Values(0.0, -0.0)] double unknown,
        [Values] bool isKnownFirst,
        [Values] bool isComputed)
    {
        bool isMinimum = opcode is Opcode.F32Min or Opcode.F64Min;
        bool isNegative = isMinimum
            ? double.IsNegative(known) || double.IsNegative(unknown)
            : double.IsNegative(known) && double.IsNegative(unknown);

        double result = opcode is Opcode.F32Min or Opcode.F32Max
            ? Single(opcode, (float)known, (float)unknown, isKnownFirst, isComputed)
            : Double(opcode, known, unknown, isKnownFirst, isComputed);

        Assert.That(double.IsNegative(result), Is.EqualTo(isNegative));
    }

    private static double Single(Opcode opcode, float known, float unknown, bool isKnownFirst, bool isComputed)
    {
        Action<CodeBuilder> constant = isComputed
            ? c => c.F32Const(-known).Op(Opcode.F32Neg)
            : c => c.F32Const(known);
        return Build(F32, opcode, constant, isKnownFirst)
            .GetFunction("run").CreateDelegate<Func<float, float>>()(unknown);
    }

    private static double Double(Opcode opcode, double known, double unknown, bool isKnownFirst, bool isComputed)
    {
        Action<CodeBuilder> constant = isComputed
            ? c => c.F64Const(-known).Op(Opcode.F64Neg)
            : c => c.F64Const(known);
        return Build(F64, opcode, constant, isKnownFirst)
            .GetFunction("run").CreateDelegate<Func<double, double>>()(unknown);
    }

    private static Instance Build(ValueKind kind, Opcode opcode, Action<CodeBuilder> constant, bool isKnownFirst) =>
        new ModuleBuilder()
            .Function(
                [kind],
                [kind],
                code =>
                {
                    Action<CodeBuilder> parameter = c => c.LocalGet(0);
                    (isKnownFirst ? constant : parameter)(code);
                    (isKnownFirst ? parameter : constant)(code);
                    code.Op(opcode);
                },
                export: "run")
            .Instantiate();
}
