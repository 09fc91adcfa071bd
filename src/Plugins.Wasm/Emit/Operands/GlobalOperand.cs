using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>The value of a global that is not a known constant.</summary>
internal sealed class GlobalOperand : Operand
{
    private readonly GlobalPlace _place;
    private readonly int _index;

    public GlobalOperand(GlobalType type, GlobalPlace place, int index)
        : base(type.Value)
    {
        _place = place;
        _index = index;
        Reads = type.IsMutable ? Reads.Globals : Reads.None;
    }

    public override void Emit(FunctionPlaces scope)
    {
        if (Kind.IsReference)
        {
            EmitCell(scope.IL, _index);
            scope.IL.Emit(OpCodes.Ldfld, RuntimeMembers.GlobalReference);
            return;
        }

        EmitAddress(scope.IL, _place, _index, Kind);
        if (Kind == ValueKind.V128)
        {
            scope.IL.Emit(OpCodes.Ldobj, Signature.TypeOf(Kind));
            return;
        }

        scope.IL.Emit(LoadOf(Kind));
    }

    /// <summary>Pushes the address of the number or vector in a global.</summary>
    public static void EmitAddress(ILEmitter il, GlobalPlace place, int index, ValueKind kind)
    {
        if (place.Kind == GlobalPlaceKind.Cell)
        {
            EmitCell(il, index);
            il.Emit(
                OpCodes.Ldflda, kind == ValueKind.V128 ? RuntimeMembers.GlobalVector : RuntimeMembers.GlobalBits);
            return;
        }

        il.LoadArgument(0);
        il.Emit(OpCodes.Ldflda, RuntimeMembers.InstanceSlots);
        if (place.Slot > 0)
        {
            il.LoadConstant(place.Slot * Runtime.Code.GlobalSlots.BytesPerSlot);
            il.Emit(OpCodes.Add);
        }
    }

    /// <summary>Pushes the <see cref="Global"/> object of a global.</summary>
    public static void EmitCell(ILEmitter il, int index)
    {
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceCells);
        il.LoadConstant(index);
        il.Emit(OpCodes.Ldelem_Ref);
    }

    private static OpCode LoadOf(ValueKind kind) => kind switch
    {
        ValueKind.I32 => OpCodes.Ldind_I4,
        ValueKind.I64 => OpCodes.Ldind_I8,
        ValueKind.F32 => OpCodes.Ldind_R4,
        _ => OpCodes.Ldind_R8,
    };
}
