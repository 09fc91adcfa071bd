using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Vectors;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Emit;

internal sealed class VectorTableTests
{
    private static IEnumerable<Opcode> Instructions() => Enum.GetValues<Opcode>()
        .Where(OpcodeTable.IsVector)
        .Where(opcode => OpcodeTable.Get(opcode) is { AccessBytes: 0, Immediate: not ImmediateKind.Vector });

    [TestCaseSource(nameof(Instructions))]
    public void Of_AnInstruction_HasItsResult(Opcode opcode)
    {
        Type result = VectorTable.Of(opcode).Result;
        ValueKind expected = OpcodeTable.Get(opcode).Result;
        Assert.That(result.IsGenericType, Is.EqualTo(expected == ValueKind.V128), result.Name);
    }
}
