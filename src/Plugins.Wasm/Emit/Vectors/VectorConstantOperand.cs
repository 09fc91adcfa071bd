using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.Runtime.Vectors;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Vectors;

/// <summary>A constant vector.</summary>
internal sealed class VectorConstantOperand(Vector128<byte> value) : Operand(ValueKind.V128)
{
    private static readonly MethodInfo s_create =
        typeof(Vector128).GetMethod(nameof(Vector128.Create), [typeof(ulong), typeof(ulong)])!;

    public Vector128<byte> Value { get; } = value;

    public override bool IsSettled => true;

    public override void Emit(FunctionPlaces scope)
    {
        if (Value == Vector128<byte>.Zero)
        {
            scope.IL.LoadZeroVector();
            return;
        }

        scope.IL.LoadConstant((long)Value.AsUInt64().ToScalar());
        scope.IL.LoadConstant((long)Value.AsUInt64().GetElement(1));
        scope.IL.CallIntrinsic(s_create);
        VectorCode.EmitConversion(scope.IL, typeof(Vector128<ulong>), typeof(Vector128<byte>));
    }

    /// <summary>Pushes the vector as one that the optimiser does not know.</summary>
    public void EmitOpaque(FunctionPlaces scope)
    {
        Emit(scope);
        scope.IL.Emit(OpCodes.Call, typeof(FloatLanes).GetMethod(nameof(FloatLanes.Opaque))!);
    }
}
