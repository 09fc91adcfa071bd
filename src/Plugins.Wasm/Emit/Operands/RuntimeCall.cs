using System.Reflection;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Objects;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>The call that an instruction becomes when the runtime carries it out.</summary>
/// <param name="Method">Takes the instance, the immediates, then the operands.</param>
/// <param name="Immediates">The instruction's indices, in the method's order.</param>
/// <param name="Operands">How many it pops.</param>
/// <param name="Result">What it pushes, if anything.</param>
internal sealed record RuntimeCall(MethodInfo Method, int[] Immediates, int Operands, ValueKind? Result = null)
{
    /// <summary>Whether the method takes 64 bits where a 32-bit memory or table has a 32-bit operand.</summary>
    /// <param name="operand">Which operand.</param>
    /// <param name="kind">Its type.</param>
    public bool Extends(int operand, ValueKind kind) =>
        kind is ValueKind.I32 or ValueKind.F32 && TakesBits(operand);

    /// <summary>Whether the method takes an operand as 64 bits.</summary>
    public bool TakesBits(int operand) =>
        Method.GetParameters()[1 + Immediates.Length + operand].ParameterType == typeof(ulong);

    public static RuntimeCall Of(in Instruction instruction, BinaryModule module)
    {
        int first = (int)instruction.Index;
        int second = (int)instruction.SecondIndex;
        return instruction.Opcode switch
        {
            Opcode.MemorySize => Memory(nameof(BulkMemory.Size), [first], 0, module.Memories[first].Address),
            Opcode.MemoryGrow => Memory(nameof(BulkMemory.Grow), [first], 1, module.Memories[first].Address),
            Opcode.MemoryFill => Memory(nameof(BulkMemory.Fill), [first], 3),
            Opcode.MemoryCopy => Memory(nameof(BulkMemory.Copy), [first, second], 3),
            Opcode.MemoryInit => Memory(nameof(BulkMemory.Initialize), [second, first], 3),
            Opcode.DataDrop => Memory(nameof(BulkMemory.Drop), [first], 0),
            Opcode.TableGet => Table(nameof(BulkTable.Get), [first], 1, module.Tables[first].Element),
            Opcode.TableSet => Table(nameof(BulkTable.Set), [first], 2),
            Opcode.TableSize => Table(nameof(BulkTable.Size), [first], 0, module.Tables[first].Address),
            Opcode.TableGrow => Table(nameof(BulkTable.Grow), [first], 2, module.Tables[first].Address),
            Opcode.TableFill => Table(nameof(BulkTable.Fill), [first], 3),
            Opcode.TableCopy => Table(nameof(BulkTable.Copy), [first, second], 3),
            Opcode.TableInit => Table(nameof(BulkTable.Initialize), [second, first], 3),
            _ => Table(nameof(BulkTable.Drop), [first], 0),
        };
    }

    /// <summary>The call for an instruction that makes an object other than a structure or array.</summary>
    public static RuntimeCall OfObject(in Instruction instruction) => new(
        instruction.Opcode == Opcode.RefI31 ? ObjectMembers.MakeInteger : ObjectMembers.ToAny,
        [],
        1,
        ValueKind.AnyRef);

    /// <summary>The call for an instruction on arrays.</summary>
    public static RuntimeCall OfArray(in Instruction instruction, BinaryModule module)
    {
        int type = (int)instruction.Index;
        int segment = (int)instruction.SecondIndex;
        ValueCode element = module.Definitions[type].Fields[0].Code;
        return instruction.Opcode switch
        {
            Opcode.ArrayNew => Array(
                Sorted(
                    element,
                    nameof(GuestArrays.MakeOf),
                    nameof(GuestArrays.MakeOfVector),
                    nameof(GuestArrays.MakeOfReference)),
                [type],
                2,
                ValueKind.AnyRef),
            Opcode.ArrayNewDefault => Array(nameof(GuestArrays.Make), [type], 1, ValueKind.AnyRef),
            Opcode.ArrayNewData => Array(nameof(GuestArrays.MakeOfData), [type, segment], 2, ValueKind.AnyRef),
            Opcode.ArrayNewElem => Array(nameof(GuestArrays.MakeOfElements), [type, segment], 2, ValueKind.AnyRef),
            Opcode.ArrayFill => Array(
                Sorted(
                    element,
                    nameof(GuestArrays.Fill),
                    nameof(GuestArrays.FillVector),
                    nameof(GuestArrays.FillReference)),
                [type],
                4),
            Opcode.ArrayCopy => Array(nameof(GuestArrays.Copy), [type], 5),
            Opcode.ArrayInitData => Array(nameof(GuestArrays.InitializeOfData), [type, segment], 4),
            _ => Array(nameof(GuestArrays.InitializeOfElements), [type, segment], 4),
        };
    }

    private static string Sorted(ValueCode element, string number, string vector, string reference) =>
        element == ValueCode.V128 ? vector : element.IsReference ? reference : number;

    private static RuntimeCall Array(string name, int[] immediates, int operands, ValueKind? result = null) =>
        new(ObjectMembers.ArrayOperation(name), immediates, operands, result);

    private static RuntimeCall Memory(string name, int[] immediates, int operands, ValueKind? result = null) =>
        new(RuntimeMembers.MemoryOperation(name), immediates, operands, result);

    private static RuntimeCall Table(string name, int[] immediates, int operands, ValueKind? result = null) =>
        new(RuntimeMembers.TableOperation(name), immediates, operands, result);
}
