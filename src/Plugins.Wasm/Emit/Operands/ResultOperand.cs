using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>One of the many results of a call, in an array of their own.</summary>
internal sealed class ResultOperand : Operand
{
    private readonly ResultArray _array;
    private readonly int _index;

    public ResultOperand(ValueKind kind, ResultArray array, int index)
        : base(kind)
    {
        _array = array;
        _index = index;
    }

    public override bool IsSettled => true;

    public override void Emit(FunctionPlaces scope)
    {
        ILEmitter il = scope.IL;
        il.LoadLocal(_array.Local);
        il.LoadConstant(_index);
        EmitElement(il, Kind);
        Discard(scope);
    }

    public override void Discard(FunctionPlaces scope) => _array.EndReading(scope);

    /// <summary>Turns an array and an index on the evaluation stack into the value there.</summary>
    public static void EmitElement(ILEmitter il, ValueKind kind)
    {
        if (kind.IsReference)
        {
            il.Emit(OpCodes.Ldelem_Ref);
            return;
        }

        if (kind == ValueKind.V128)
        {
            il.Emit(OpCodes.Ldelem, Signature.TypeOf(kind));
            return;
        }

        il.Emit(OpCodes.Ldelem_I8);
        switch (kind)
        {
            case ValueKind.I32:
                il.Emit(OpCodes.Conv_I4);
                break;
            case ValueKind.F32:
                il.Emit(OpCodes.Conv_I4);
                il.Emit(OpCodes.Call, RuntimeMembers.BitsToSingle);
                break;
            case ValueKind.F64:
                il.Emit(OpCodes.Call, RuntimeMembers.BitsToDouble);
                break;
        }
    }
}
