using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>A load from an address that was found to be in bounds.</summary>
internal sealed class LoadOperand : Operand
{
    private readonly Opcode _opcode;
    private readonly Address _address;

    public LoadOperand(Opcode opcode, Address address)
        : base(OpcodeTable.Get(opcode).Result)
    {
        _opcode = opcode;
        _address = address;
        Size = address.Index.Size + 1;
        Reads = address.Index.Reads | Reads.Memory;
        LocalMask = address.Index.LocalMask;
        MayBeComparison = false;
        UpperBound = opcode switch
        {
            Opcode.I32Load8U => byte.MaxValue,
            Opcode.I32Load16U => ushort.MaxValue,
            _ => uint.MaxValue,
        };
    }

    public override void Emit(FunctionPlaces scope)
    {
        _address.Emit(scope);
        ILEmitter il = scope.IL;
        if (Kind == ValueKind.V128)
        {
            il.Emit(OpCodes.Ldobj, Signature.TypeOf(Kind));
            return;
        }

        il.Emit(Code(_opcode));
        if (Kind == ValueKind.I64 && _opcode != Opcode.I64Load)
        {
            il.Emit(IsUnsigned(_opcode) ? OpCodes.Conv_U8 : OpCodes.Conv_I8);
        }
    }

    public override void Discard(FunctionPlaces scope) => _address.Index.Discard(scope);

    private static bool IsUnsigned(Opcode opcode) =>
        opcode is Opcode.I64Load8U or Opcode.I64Load16U or Opcode.I64Load32U;

    private static OpCode Code(Opcode opcode) => opcode switch
    {
        Opcode.I64Load => OpCodes.Ldind_I8,
        Opcode.F32Load => OpCodes.Ldind_R4,
        Opcode.F64Load => OpCodes.Ldind_R8,
        Opcode.I32Load8S or Opcode.I64Load8S => OpCodes.Ldind_I1,
        Opcode.I32Load8U or Opcode.I64Load8U => OpCodes.Ldind_U1,
        Opcode.I32Load16S or Opcode.I64Load16S => OpCodes.Ldind_I2,
        Opcode.I32Load16U or Opcode.I64Load16U => OpCodes.Ldind_U2,
        Opcode.I64Load32U => OpCodes.Ldind_U4,
        _ => OpCodes.Ldind_I4,
    };
}
