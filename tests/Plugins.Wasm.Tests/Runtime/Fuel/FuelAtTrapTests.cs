using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Fuel;

/// <summary>What is left after a trap: all but the regions that were entered.</summary>
internal sealed class FuelAtTrapTests
{
    private const uint HostFunction = 0;
    private const uint OneOperator = 1;
    private const uint TrapAfterTwo = 2;
    private const int Outside = -1;

    private static IEnumerable<TestCaseData> Programs()
    {
        yield return Case("unreachable at once", 0, TrapKind.Unreachable, c => c.Op(Opcode.Unreachable));
        yield return Case("the region that traps counts as a whole", 4, TrapKind.IntegerDivideByZero,
            c => c.I32Const(1).I32Const(0).Op(Opcode.I32DivU).Drop().I32Const(1).Drop());
        yield return Case("the region after it does not", 1, TrapKind.Unreachable,
            c => c.I32Const(1).Drop().Op(Opcode.Unreachable).I32Const(1).Drop());
        yield return Case("arm taken", 2 + 2, TrapKind.OutOfBoundsMemoryAccess,
            c => c.I32Const(1).If().I32Const(Outside).Access(Opcode.I32Load).Drop().End().I32Const(1).Drop());
        yield return Case("arm not taken, then a trap", 2 + 2, TrapKind.OutOfBoundsMemoryAccess,
            c => c.I32Const(0).If().I32Const(1).Drop().End().I32Const(Outside).Access(Opcode.I32Load).Drop());
        yield return Case("arm taken, then a trap", 2 + 1 + 2, TrapKind.OutOfBoundsMemoryAccess,
            c => c.I32Const(1).If().I32Const(1).Drop().End().I32Const(Outside).Access(Opcode.I32Load).Drop());
        yield return Case("callee", 1 + 2, TrapKind.Unreachable, c => c.Call(TrapAfterTwo));
        yield return Case("after a callee", 1 + 1 + 3, TrapKind.IntegerOverflow,
            c => c.Call(OneOperator).I32Const(int.MinValue).I32Const(-1).Op(Opcode.I32DivS).Drop());
        yield return Case("after the host", 1 + 2, TrapKind.OutOfBoundsMemoryAccess,
            c => c.Call(HostFunction).I32Const(Outside).Access(Opcode.I32Load).Drop());
        yield return Case("missing element", 2, TrapKind.UndefinedElement, c => c.I32Const(99).CallIndirect(0));
        yield return Case("wrong type", 3, TrapKind.IndirectCallTypeMismatch,
            c => c.I32Const(0).I32Const(0).CallIndirect(1));
        yield return Case("second round of a loop", 5 + 2, TrapKind.Unreachable,
            c => c.Loop().LocalGet(0).If().Op(Opcode.Unreachable).End().I32Const(1).LocalTee(0).BrIf(0).End());
        yield return Case("bulk operation outside", 4, TrapKind.OutOfBoundsMemoryAccess,
            c => c.I32Const(Outside).I32Const(0).I32Const(64).Op(Opcode.MemoryFill, 0));
    }

    [TestCaseSource(nameof(Programs))]
    public void Trap_OfAnyKind_LeavesWhatWasNotEntered(Action<CodeBuilder> code, long cost, TrapKind kind)
    {
        foreach (ExecutionMode mode in (ExecutionMode[])[ExecutionMode.Compiled, ExecutionMode.Interpreted])
        {
            using var store = new Store();
            Instance instance = Prepare(store, code, mode);
            store.FuelRemaining = 1_000;

            Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(kind), mode.ToString());
            Assert.That(1_000 - store.FuelRemaining, Is.EqualTo(cost), mode.ToString());
        }
    }

    private static Instance Prepare(Store store, Action<CodeBuilder> code, ExecutionMode mode)
    {
        byte[] binary = new ModuleBuilder()
            .Type([], [])
            .Type([I32], [])
            .ImportFunction("host", "called", [], [])
            .Memory(1)
            .Table(5)
            .Elements(0, OneOperator)
            .Function([], [], one => one.I32Const(1).Drop())
            .Function([], [], two => two.I32Const(1).I32Const(1).Drop().Drop().Op(Opcode.Unreachable))
            .Function([], [], code, [I32], export: "run")
            .Build();
        var module = Module.Compile(binary, new ModuleOptions { MeterFuel = true, Mode = mode });
        return new Instance(store, module, new Imports().Add("host", "called", () => { }));
    }

    private static TestCaseData Case(string name, long cost, TrapKind kind, Action<CodeBuilder> code) =>
        new TestCaseData(code, cost, kind).SetArgDisplayNames(name);
}
