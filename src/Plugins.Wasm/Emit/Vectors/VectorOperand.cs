using System.Runtime.Intrinsics;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Vectors;

/// <summary>A vector instruction over its operands.</summary>
internal sealed class VectorOperand : Operand
{
    private readonly VectorCode _code;
    private readonly Operand[] _operands;
    private readonly int _lane;

    /// <param name="code">What it becomes.</param>
    /// <param name="kind">The type of its result.</param>
    /// <param name="operands">Its operands, in the order of the code's parameters.</param>
    /// <param name="lane">Its lane, where it has one.</param>
    public VectorOperand(VectorCode code, ValueKind kind, Operand[] operands, int lane = 0)
        : base(kind)
    {
        _code = code;
        _operands = operands;
        _lane = lane;
        int size = 1;
        foreach (Operand operand in operands)
        {
            size += operand.Size;
            Reads |= operand.Reads;
            LocalMask |= operand.LocalMask;
        }

        Size = size;
    }

    /// <summary>Whether its lanes, as bytes, are known to be less than 16.</summary>
    public bool HasSmallBytes { get; init; }

    /// <summary>The number that all its lanes are, where that is known.</summary>
    public Operand? Splatted => _operands is [{ Kind: not ValueKind.V128 } number] ? number : null;

    /// <summary>The type that <see cref="EmitUntyped"/> leaves.</summary>
    public Type Type => _code.Result;

    public override void Emit(FunctionPlaces scope)
    {
        EmitUntyped(scope);
        if (Kind == ValueKind.V128)
        {
            VectorCode.EmitConversion(scope.IL, Type, typeof(Vector128<byte>));
        }
    }

    /// <summary>Pushes the value as a vector of any lanes.</summary>
    public void EmitUntyped(FunctionPlaces scope) => _code.Emit(scope, _operands, _lane);

    public override void Discard(FunctionPlaces scope)
    {
        foreach (Operand operand in _operands)
        {
            operand.Discard(scope);
        }
    }
}
