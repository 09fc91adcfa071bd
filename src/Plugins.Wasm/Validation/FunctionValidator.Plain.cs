using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <content>Constants, operators, loads, stores and local variables: most of every module.</content>
internal sealed partial class FunctionValidator
{
    // The longest instruction that is passed over here, f64.const.
    private const int LongestPlain = 9;

    /// <summary>Passes over plain instructions and those on locals, as long as they are valid.</summary>
    /// <remarks>
    /// It never refuses an instruction, but stops before it: what is wrong, rare or at a limit is left to the rules in
    /// the other parts, which also say what is wrong. So it needs to be right only about what it passes over.
    /// </remarks>
    private void PassPlain(ref CodeReader code, int end)
    {
        byte[] bytes = _module.Bytes;
        OpcodeInfo[] infos = OpcodeTable.ByByte;
        ValueCode[] locals = _locals.ByFirstByte;
        ValueCode[] codes = _operands.Codes;
        int floor = _operands.Floor;
        int count = _operands.Count;
        int position = code.Position;

        // An instruction has at least one byte and pushes at most one value, so there is room for all up to here.
        int last = Math.Min(end - LongestPlain, position + _operands.Room - count - 1);
        while (position <= last)
        {
            byte opcode = bytes[position];
            int next = position + 1;
            ref readonly OpcodeInfo info = ref infos[opcode];
            ValueCode first = (ValueCode)info.First;
            ValueCode result = (ValueCode)info.Result;
            if (opcode - (uint)Opcode.LocalGet <= Opcode.LocalTee - Opcode.LocalGet)
            {
                first = locals[bytes[next++]];
                if (first == default)
                {
                    break;
                }

                result = opcode == (byte)Opcode.LocalSet ? default : first;
            }
            else if (!info.IsPlain || !TryPassImmediates(bytes, info, ref next))
            {
                break;
            }

            int remaining = count - info.OperandCount;
            if (remaining < floor
                || (info.OperandCount > 0 && codes[remaining] != first)
                || (info.OperandCount > 1 && codes[remaining + 1] != (ValueCode)info.Second))
            {
                break;
            }

            codes[remaining] = result;
            count = result == default ? remaining : remaining + 1;
            position = next;
        }

        _operands.MoveTo(count);
        code.MoveTo(position);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryPassImmediates(byte[] bytes, in OpcodeInfo info, ref int next)
    {
        switch (info.Immediate)
        {
            case ImmediateKind.None:
                return true;
            case ImmediateKind.MemoryAccess:
                uint alignment = bytes[next++];
                return alignment <= 3 && 1u << (int)alignment <= info.AccessBytes && _hasShortAddresses
                    && TryPassNumber(bytes, ref next);
            case ImmediateKind.Int32 or ImmediateKind.Int64:
                return TryPassNumber(bytes, ref next);
            case ImmediateKind.Float32:
                next += sizeof(float);
                return true;
            default:
                next += sizeof(double);
                return true;
        }
    }

    // The bits of four bytes fit whatever they are; longer numbers are rare.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryPassNumber(byte[] bytes, ref int next) =>
        bytes[next++] < 0x80 || bytes[next++] < 0x80 || bytes[next++] < 0x80 || bytes[next++] < 0x80;
}
