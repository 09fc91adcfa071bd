using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Vectors;

/// <summary>Vector accesses at the end of the memory: the last that fits, and the first that does not.</summary>
[ModeFixture]
internal sealed class VectorAccessTests(GuestMode mode) : GuestFixture(mode)
{
    private const int End = 65_536;

    private static IEnumerable<Opcode> Loads() => Enum.GetValues<Opcode>()
        .Where(opcode => OpcodeTable.IsVector(opcode) && OpcodeTable.Get(opcode).AccessBytes > 0)
        .Where(opcode => OpcodeTable.Get(opcode).HasResult);

    private static IEnumerable<Opcode> Stores() => Enum.GetValues<Opcode>()
        .Where(opcode => OpcodeTable.IsVector(opcode) && OpcodeTable.Get(opcode).AccessBytes > 0)
        .Where(opcode => !OpcodeTable.Get(opcode).HasResult);

    [TestCaseSource(nameof(Loads))]
    [TestCaseSource(nameof(Stores))]
    public void Access_AtTheEndOfMemory_TrapsPastIt(Opcode opcode)
    {
        OpcodeInfo info = OpcodeTable.Get(opcode);
        Action<int> access = new ModuleBuilder().Memory(1).Function([I32], [], c =>
        {
            c.LocalGet(0);
            if (info.OperandCount > 1)
            {
                c.Zero(V128);
            }

            c.Access(opcode, offset: 3);
            if (info.Immediate == ImmediateKind.MemoryLane)
            {
                c.Raw(0);
            }

            if (info.HasResult)
            {
                c.Op(Opcode.V128AnyTrue).Drop();
            }
        }, export: "run").Instantiate().GetFunction("run").CreateDelegate<Action<int>>();
        int last = End - info.AccessBytes - 3;

        Assert.That(() => access(last), Throws.Nothing);
        foreach (int index in (int[])[last + 1, End, int.MaxValue, -1])
        {
            TrapException trap = Assert.Throws<TrapException>(() => access(index))!;
            Assert.That(trap.Kind, Is.EqualTo(TrapKind.OutOfBoundsMemoryAccess));
        }
    }

    // The check of a byte must not be taken for one of the sixteen that a vector has.
    [Test]
    public void Load_AfterAByteOfTheSameAddress_IsCheckedWhole()
    {
        Action<int> access = new ModuleBuilder().Memory(1).Function([I32], [], c => c
            .LocalGet(0).Access(Opcode.I32Load8U).Drop().LocalGet(0).Access(Opcode.V128Load).Op(Opcode.V128AnyTrue)
            .Drop(), export: "run").Instantiate().GetFunction("run").CreateDelegate<Action<int>>();

        Assert.That(() => access(End - 16), Throws.Nothing);
        Assert.That(() => access(End - 15), Throws.TypeOf<TrapException>());
    }
}
