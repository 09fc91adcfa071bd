using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;

namespace Plugins.Wasm.Tests.Runtime;

/// <summary>Straight code that takes long where it is interpreted; compiled, it takes microseconds.</summary>
internal sealed class InterpretedLengthTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void LongStraightCode_Interrupted_StopsWithinAFewThousandInstructions(bool meterFuel)
    {
        using var store = new Store();
        Module module = Module.Compile(
            new ModuleBuilder()
                .ImportFunction("host", "interrupt", [], [])
                .Memory(1, export: "memory")
                .Function([], [], export: "run", code: run => run.Call(0).Repeat(10_000, one => one
                    .I32Const(0)
                    .I32Const(0).Access(Opcode.I32Load).I32Const(1).Op(Opcode.I32Add)
                    .Access(Opcode.I32Store)))
                .Build(),
            GuestMode.Interpreted.OptionsFor(meterFuel));
        var instance = new Instance(store, module, new Imports().Add("host", "interrupt", store.Interrupt));

        Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(TrapKind.Interrupted));
        Assert.That(BitConverter.ToInt32(instance.GetMemory("memory").GetSpan(0, 4)), Is.LessThan(1_000));
    }
}
