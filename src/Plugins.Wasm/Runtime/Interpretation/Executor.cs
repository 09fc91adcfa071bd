using System.Numerics;
using System.Runtime.CompilerServices;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Tiering;

#pragma warning disable CS0675 // That immediates are sign-extended is meant.

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>The loop that carries out the interpreter's instructions.</summary>
/// <remarks>
/// One switch: RATIONALE.md, "How does the interpreter dispatch?". What it holds in locals it stores before anything
/// else may look at it or throw. WebAssembly 2.0, section 4.4.
/// </remarks>
internal static unsafe class Executor
{
    /// <summary>Runs a function until it returns.</summary>
    /// <returns>
    /// What the function ended with a tail call of, where this run does not go on with it: whoever called calls it,
    /// with the arguments in the same slots. Null where it returned.
    /// </returns>
    /// <param name="instance">Whose function.</param>
    /// <param name="stack">The store's stack.</param>
    /// <param name="ip">The function's first instruction.</param>
    /// <param name="fp">Its first slot, with the arguments.</param>
    /// <param name="sp">Its activation.</param>
    /// <param name="depth">How many calls may nest, this one included.</param>
    [SkipLocalsInit]
    internal static Function? Run(
        Instance instance, InterpreterStack stack, Cell* ip, ulong* fp, Activation* sp, int depth)
    {
        Activation* bottom = sp;
        Store store = instance.OwningStore;
        Cell** code = instance.Module.Interpretation.Starts;
        ulong* end = stack.End;
        Activation* last = stack.Last;
        long fuel;
        byte* memory;
        ulong length;
        ulong address;
        ulong* arguments;
        ulong* zero;
        Cell* cell;
        double number;
        uint selector;
        int count;
        Table table;
        Function? callee;
        TrapKind trap;
        ExceptionInstance exception;
        ip--;

    Reload:
        fuel = store.Fuel;
        memory = null;
        length = 0;
        if (instance.Memory0 is LinearMemory own)
        {
            memory = own.Base;
            length = own.Length;
        }

        for (ip++; ; ip++)
        {
            switch (ip->Operation)
            {
                case Operation.I32Load:
                    address = fp[ip->B] + ip->C;
                    if (address + 4 > length)
                    {
                        goto OutOfBounds;
                    }

                    fp[ip->A] = *(uint*)(memory + address);
                    continue;

                case Operation.I64Load:
                    address = fp[ip->B] + ip->C;
                    if (address + 8 > length)
                    {
                        goto OutOfBounds;
                    }

                    fp[ip->A] = *(ulong*)(memory + address);
                    continue;

                case Operation.I32Load8S:
                    address = fp[ip->B] + ip->C;
                    if (address + 1 > length)
                    {
                        goto OutOfBounds;
                    }

                    fp[ip->A] = (uint)*(sbyte*)(memory + address);
                    continue;

                case Operation.I32Load8U:
                    address = fp[ip->B] + ip->C;
                    if (address + 1 > length)
                    {
                        goto OutOfBounds;
                    }

                    fp[ip->A] = memory[address];
                    continue;

                case Operation.I32Load16S:
                    address = fp[ip->B] + ip->C;
                    if (address + 2 > length)
                    {
                        goto OutOfBounds;
                    }

                    fp[ip->A] = (uint)*(short*)(memory + address);
                    continue;

                case Operation.I32Load16U:
                    address = fp[ip->B] + ip->C;
                    if (address + 2 > length)
                    {
                        goto OutOfBounds;
                    }

                    fp[ip->A] = *(ushort*)(memory + address);
                    continue;

                case Operation.I64Load8S:
                    address = fp[ip->B] + ip->C;
                    if (address + 1 > length)
                    {
                        goto OutOfBounds;
                    }

                    fp[ip->A] = (ulong)*(sbyte*)(memory + address);
                    continue;

                case Operation.I64Load16S:
                    address = fp[ip->B] + ip->C;
                    if (address + 2 > length)
                    {
                        goto OutOfBounds;
                    }

                    fp[ip->A] = (ulong)*(short*)(memory + address);
                    continue;

                case Operation.I64Load32S:
                    address = fp[ip->B] + ip->C;
                    if (address + 4 > length)
                    {
                        goto OutOfBounds;
                    }

                    fp[ip->A] = (ulong)*(int*)(memory + address);
                    continue;

                case Operation.I32Store:
                    address = fp[ip->B] + ip->C;
                    if (address + 4 > length)
                    {
                        goto OutOfBounds;
                    }

                    *(uint*)(memory + address) = (uint)fp[ip->A];
                    continue;

                case Operation.I64Store:
                    address = fp[ip->B] + ip->C;
                    if (address + 8 > length)
                    {
                        goto OutOfBounds;
                    }

                    *(ulong*)(memory + address) = fp[ip->A];
                    continue;

                case Operation.I32Store8:
                    address = fp[ip->B] + ip->C;
                    if (address + 1 > length)
                    {
                        goto OutOfBounds;
                    }

                    *(byte*)(memory + address) = (byte)fp[ip->A];
                    continue;

                case Operation.I32Store16:
                    address = fp[ip->B] + ip->C;
                    if (address + 2 > length)
                    {
                        goto OutOfBounds;
                    }

                    *(ushort*)(memory + address) = (ushort)fp[ip->A];
                    continue;

                case Operation.I32Eqz: fp[ip->A] = (uint)fp[ip->B] == 0 ? 1UL : 0; continue;
                case Operation.I32Eq: fp[ip->A] = (uint)fp[ip->B] == (uint)fp[ip->C] ? 1UL : 0; continue;
                case Operation.I32Ne: fp[ip->A] = (uint)fp[ip->B] != (uint)fp[ip->C] ? 1UL : 0; continue;
                case Operation.I32LtS: fp[ip->A] = (int)fp[ip->B] < (int)fp[ip->C] ? 1UL : 0; continue;
                case Operation.I32LtU: fp[ip->A] = (uint)fp[ip->B] < (uint)fp[ip->C] ? 1UL : 0; continue;
                case Operation.I32GtS: fp[ip->A] = (int)fp[ip->B] > (int)fp[ip->C] ? 1UL : 0; continue;
                case Operation.I32GtU: fp[ip->A] = (uint)fp[ip->B] > (uint)fp[ip->C] ? 1UL : 0; continue;
                case Operation.I32LeS: fp[ip->A] = (int)fp[ip->B] <= (int)fp[ip->C] ? 1UL : 0; continue;
                case Operation.I32LeU: fp[ip->A] = (uint)fp[ip->B] <= (uint)fp[ip->C] ? 1UL : 0; continue;
                case Operation.I32GeS: fp[ip->A] = (int)fp[ip->B] >= (int)fp[ip->C] ? 1UL : 0; continue;
                case Operation.I32GeU: fp[ip->A] = (uint)fp[ip->B] >= (uint)fp[ip->C] ? 1UL : 0; continue;
                case Operation.I64Eqz: fp[ip->A] = fp[ip->B] == 0 ? 1UL : 0; continue;
                case Operation.I64Eq: fp[ip->A] = fp[ip->B] == fp[ip->C] ? 1UL : 0; continue;
                case Operation.I64Ne: fp[ip->A] = fp[ip->B] != fp[ip->C] ? 1UL : 0; continue;
                case Operation.I64LtS: fp[ip->A] = (long)fp[ip->B] < (long)fp[ip->C] ? 1UL : 0; continue;
                case Operation.I64LtU: fp[ip->A] = fp[ip->B] < fp[ip->C] ? 1UL : 0; continue;
                case Operation.I64GtS: fp[ip->A] = (long)fp[ip->B] > (long)fp[ip->C] ? 1UL : 0; continue;
                case Operation.I64GtU: fp[ip->A] = fp[ip->B] > fp[ip->C] ? 1UL : 0; continue;
                case Operation.I64LeS: fp[ip->A] = (long)fp[ip->B] <= (long)fp[ip->C] ? 1UL : 0; continue;
                case Operation.I64LeU: fp[ip->A] = fp[ip->B] <= fp[ip->C] ? 1UL : 0; continue;
                case Operation.I64GeS: fp[ip->A] = (long)fp[ip->B] >= (long)fp[ip->C] ? 1UL : 0; continue;
                case Operation.I64GeU: fp[ip->A] = fp[ip->B] >= fp[ip->C] ? 1UL : 0; continue;
                case Operation.F32Eq: fp[ip->A] = *(float*)(fp + ip->B) == *(float*)(fp + ip->C) ? 1UL : 0; continue;
                case Operation.F32Ne: fp[ip->A] = *(float*)(fp + ip->B) != *(float*)(fp + ip->C) ? 1UL : 0; continue;
                case Operation.F32Lt: fp[ip->A] = *(float*)(fp + ip->B) < *(float*)(fp + ip->C) ? 1UL : 0; continue;
                case Operation.F32Gt: fp[ip->A] = *(float*)(fp + ip->B) > *(float*)(fp + ip->C) ? 1UL : 0; continue;
                case Operation.F32Le: fp[ip->A] = *(float*)(fp + ip->B) <= *(float*)(fp + ip->C) ? 1UL : 0; continue;
                case Operation.F32Ge: fp[ip->A] = *(float*)(fp + ip->B) >= *(float*)(fp + ip->C) ? 1UL : 0; continue;
                case Operation.F64Eq: fp[ip->A] = *(double*)(fp + ip->B) == *(double*)(fp + ip->C) ? 1UL : 0; continue;
                case Operation.F64Ne: fp[ip->A] = *(double*)(fp + ip->B) != *(double*)(fp + ip->C) ? 1UL : 0; continue;
                case Operation.F64Lt: fp[ip->A] = *(double*)(fp + ip->B) < *(double*)(fp + ip->C) ? 1UL : 0; continue;
                case Operation.F64Gt: fp[ip->A] = *(double*)(fp + ip->B) > *(double*)(fp + ip->C) ? 1UL : 0; continue;
                case Operation.F64Le: fp[ip->A] = *(double*)(fp + ip->B) <= *(double*)(fp + ip->C) ? 1UL : 0; continue;
                case Operation.F64Ge: fp[ip->A] = *(double*)(fp + ip->B) >= *(double*)(fp + ip->C) ? 1UL : 0; continue;
                case Operation.I32Clz: fp[ip->A] = (ulong)BitOperations.LeadingZeroCount((uint)fp[ip->B]); continue;
                case Operation.I32Ctz: fp[ip->A] = (ulong)BitOperations.TrailingZeroCount((uint)fp[ip->B]); continue;
                case Operation.I32Popcnt: fp[ip->A] = (ulong)BitOperations.PopCount((uint)fp[ip->B]); continue;
                case Operation.I32Add: fp[ip->A] = (uint)fp[ip->B] + (uint)fp[ip->C]; continue;
                case Operation.I32Sub: fp[ip->A] = (uint)fp[ip->B] - (uint)fp[ip->C]; continue;
                case Operation.I32Mul: fp[ip->A] = (uint)fp[ip->B] * (uint)fp[ip->C]; continue;

                case Operation.I32DivS:
                    if ((uint)fp[ip->C] == 0)
                    {
                        goto DivideByZero;
                    }

                    if ((int)fp[ip->C] == -1 && (int)fp[ip->B] == int.MinValue)
                    {
                        goto Overflow;
                    }

                    fp[ip->A] = (uint)((int)fp[ip->B] / (int)fp[ip->C]);
                    continue;

                case Operation.I32DivU:
                    if ((uint)fp[ip->C] == 0)
                    {
                        goto DivideByZero;
                    }

                    fp[ip->A] = (uint)fp[ip->B] / (uint)fp[ip->C];
                    continue;

                case Operation.I32RemS:
                    if ((uint)fp[ip->C] == 0)
                    {
                        goto DivideByZero;
                    }

                    fp[ip->A] = (int)fp[ip->C] == -1 ? 0 : (uint)((int)fp[ip->B] % (int)fp[ip->C]);
                    continue;

                case Operation.I32RemU:
                    if ((uint)fp[ip->C] == 0)
                    {
                        goto DivideByZero;
                    }

                    fp[ip->A] = (uint)fp[ip->B] % (uint)fp[ip->C];
                    continue;

                case Operation.I32And: fp[ip->A] = (uint)fp[ip->B] & (uint)fp[ip->C]; continue;
                case Operation.I32Or: fp[ip->A] = (uint)fp[ip->B] | (uint)fp[ip->C]; continue;
                case Operation.I32Xor: fp[ip->A] = (uint)fp[ip->B] ^ (uint)fp[ip->C]; continue;
                case Operation.I32Shl: fp[ip->A] = (uint)fp[ip->B] << (int)fp[ip->C]; continue;
                case Operation.I32ShrS: fp[ip->A] = (uint)((int)fp[ip->B] >> (int)fp[ip->C]); continue;
                case Operation.I32ShrU: fp[ip->A] = (uint)fp[ip->B] >> (int)fp[ip->C]; continue;
                case Operation.I32Rotl: fp[ip->A] = BitOperations.RotateLeft((uint)fp[ip->B], (int)fp[ip->C]); continue;

                case Operation.I32Rotr:
                    fp[ip->A] = BitOperations.RotateRight((uint)fp[ip->B], (int)fp[ip->C]);
                    continue;

                case Operation.I64Clz: fp[ip->A] = (ulong)BitOperations.LeadingZeroCount(fp[ip->B]); continue;
                case Operation.I64Ctz: fp[ip->A] = (ulong)BitOperations.TrailingZeroCount(fp[ip->B]); continue;
                case Operation.I64Popcnt: fp[ip->A] = (ulong)BitOperations.PopCount(fp[ip->B]); continue;
                case Operation.I64Add: fp[ip->A] = fp[ip->B] + fp[ip->C]; continue;
                case Operation.I64Sub: fp[ip->A] = fp[ip->B] - fp[ip->C]; continue;
                case Operation.I64Mul: fp[ip->A] = fp[ip->B] * fp[ip->C]; continue;

                case Operation.I64DivS:
                    if (fp[ip->C] == 0)
                    {
                        goto DivideByZero;
                    }

                    if ((long)fp[ip->C] == -1 && (long)fp[ip->B] == long.MinValue)
                    {
                        goto Overflow;
                    }

                    fp[ip->A] = (ulong)((long)fp[ip->B] / (long)fp[ip->C]);
                    continue;

                case Operation.I64DivU:
                    if (fp[ip->C] == 0)
                    {
                        goto DivideByZero;
                    }

                    fp[ip->A] = fp[ip->B] / fp[ip->C];
                    continue;

                case Operation.I64RemS:
                    if (fp[ip->C] == 0)
                    {
                        goto DivideByZero;
                    }

                    fp[ip->A] = (long)fp[ip->C] == -1 ? 0 : (ulong)((long)fp[ip->B] % (long)fp[ip->C]);
                    continue;

                case Operation.I64RemU:
                    if (fp[ip->C] == 0)
                    {
                        goto DivideByZero;
                    }

                    fp[ip->A] = fp[ip->B] % fp[ip->C];
                    continue;

                case Operation.I64And: fp[ip->A] = fp[ip->B] & fp[ip->C]; continue;
                case Operation.I64Or: fp[ip->A] = fp[ip->B] | fp[ip->C]; continue;
                case Operation.I64Xor: fp[ip->A] = fp[ip->B] ^ fp[ip->C]; continue;
                case Operation.I64Shl: fp[ip->A] = fp[ip->B] << (int)fp[ip->C]; continue;
                case Operation.I64ShrS: fp[ip->A] = (ulong)((long)fp[ip->B] >> (int)fp[ip->C]); continue;
                case Operation.I64ShrU: fp[ip->A] = fp[ip->B] >> (int)fp[ip->C]; continue;
                case Operation.I64Rotl: fp[ip->A] = BitOperations.RotateLeft(fp[ip->B], (int)fp[ip->C]); continue;
                case Operation.I64Rotr: fp[ip->A] = BitOperations.RotateRight(fp[ip->B], (int)fp[ip->C]); continue;
                case Operation.F32Abs: fp[ip->A] = fp[ip->B] & 0x7FFF_FFFF; continue;
                case Operation.F32Neg: fp[ip->A] = (uint)fp[ip->B] ^ 0x8000_0000; continue;
                case Operation.F32Ceil: *(float*)(fp + ip->A) = MathF.Ceiling(*(float*)(fp + ip->B)); continue;
                case Operation.F32Floor: *(float*)(fp + ip->A) = MathF.Floor(*(float*)(fp + ip->B)); continue;
                case Operation.F32Trunc: *(float*)(fp + ip->A) = MathF.Truncate(*(float*)(fp + ip->B)); continue;
                case Operation.F32Nearest: *(float*)(fp + ip->A) = MathF.Round(*(float*)(fp + ip->B)); continue;
                case Operation.F32Sqrt: *(float*)(fp + ip->A) = MathF.Sqrt(*(float*)(fp + ip->B)); continue;
                case Operation.F32Add: *(float*)(fp + ip->A) = *(float*)(fp + ip->B) + *(float*)(fp + ip->C); continue;
                case Operation.F32Sub: *(float*)(fp + ip->A) = *(float*)(fp + ip->B) - *(float*)(fp + ip->C); continue;
                case Operation.F32Mul: *(float*)(fp + ip->A) = *(float*)(fp + ip->B) * *(float*)(fp + ip->C); continue;
                case Operation.F32Div: *(float*)(fp + ip->A) = *(float*)(fp + ip->B) / *(float*)(fp + ip->C); continue;

                case Operation.F32Min:
                    *(float*)(fp + ip->A) = Numerics.Minimum(*(float*)(fp + ip->B), *(float*)(fp + ip->C));
                    continue;

                case Operation.F32Max:
                    *(float*)(fp + ip->A) = Numerics.Maximum(*(float*)(fp + ip->B), *(float*)(fp + ip->C));
                    continue;

                case Operation.F32Copysign: fp[ip->A] = (fp[ip->B] & 0x7FFF_FFFF) | (fp[ip->C] & 0x8000_0000); continue;
                case Operation.F64Abs: fp[ip->A] = fp[ip->B] & 0x7FFF_FFFF_FFFF_FFFF; continue;
                case Operation.F64Neg: fp[ip->A] = fp[ip->B] ^ 0x8000_0000_0000_0000; continue;
                case Operation.F64Ceil: *(double*)(fp + ip->A) = Math.Ceiling(*(double*)(fp + ip->B)); continue;
                case Operation.F64Floor: *(double*)(fp + ip->A) = Math.Floor(*(double*)(fp + ip->B)); continue;
                case Operation.F64Trunc: *(double*)(fp + ip->A) = Math.Truncate(*(double*)(fp + ip->B)); continue;
                case Operation.F64Nearest: *(double*)(fp + ip->A) = Math.Round(*(double*)(fp + ip->B)); continue;
                case Operation.F64Sqrt: *(double*)(fp + ip->A) = Math.Sqrt(*(double*)(fp + ip->B)); continue;

                case Operation.F64Add:
                    *(double*)(fp + ip->A) = *(double*)(fp + ip->B) + *(double*)(fp + ip->C);
                    continue;

                case Operation.F64Sub:
                    *(double*)(fp + ip->A) = *(double*)(fp + ip->B) - *(double*)(fp + ip->C);
                    continue;

                case Operation.F64Mul:
                    *(double*)(fp + ip->A) = *(double*)(fp + ip->B) * *(double*)(fp + ip->C);
                    continue;

                case Operation.F64Div:
                    *(double*)(fp + ip->A) = *(double*)(fp + ip->B) / *(double*)(fp + ip->C);
                    continue;

                case Operation.F64Min:
                    *(double*)(fp + ip->A) = Numerics.Minimum(*(double*)(fp + ip->B), *(double*)(fp + ip->C));
                    continue;

                case Operation.F64Max:
                    *(double*)(fp + ip->A) = Numerics.Maximum(*(double*)(fp + ip->B), *(double*)(fp + ip->C));
                    continue;

                case Operation.F64Copysign:
                    fp[ip->A] = (fp[ip->B] & 0x7FFF_FFFF_FFFF_FFFF) | (fp[ip->C] & 0x8000_0000_0000_0000);
                    continue;

                case Operation.I32TruncF32S:
                    number = *(float*)(fp + ip->B);
                    if (double.IsNaN(number))
                    {
                        goto InvalidConversion;
                    }

                    if (number <= -2147483649.0 || number >= 2147483648.0)
                    {
                        goto Overflow;
                    }

                    fp[ip->A] = (uint)Numerics.ToInt32(number);
                    continue;

                case Operation.I32TruncF32U:
                    number = *(float*)(fp + ip->B);
                    if (double.IsNaN(number))
                    {
                        goto InvalidConversion;
                    }

                    if (number <= -1.0 || number >= 4294967296.0)
                    {
                        goto Overflow;
                    }

                    fp[ip->A] = (uint)Numerics.ToUInt32(number);
                    continue;

                case Operation.I32TruncF64S:
                    number = *(double*)(fp + ip->B);
                    if (double.IsNaN(number))
                    {
                        goto InvalidConversion;
                    }

                    if (number <= -2147483649.0 || number >= 2147483648.0)
                    {
                        goto Overflow;
                    }

                    fp[ip->A] = (uint)Numerics.ToInt32(number);
                    continue;

                case Operation.I32TruncF64U:
                    number = *(double*)(fp + ip->B);
                    if (double.IsNaN(number))
                    {
                        goto InvalidConversion;
                    }

                    if (number <= -1.0 || number >= 4294967296.0)
                    {
                        goto Overflow;
                    }

                    fp[ip->A] = (uint)Numerics.ToUInt32(number);
                    continue;

                case Operation.I64ExtendI32S: fp[ip->A] = (ulong)(int)fp[ip->B]; continue;

                case Operation.I64TruncF32S:
                    number = *(float*)(fp + ip->B);
                    if (double.IsNaN(number))
                    {
                        goto InvalidConversion;
                    }

                    if (number < -9223372036854775808.0 || number >= 9223372036854775808.0)
                    {
                        goto Overflow;
                    }

                    fp[ip->A] = (ulong)Numerics.ToInt64(number);
                    continue;

                case Operation.I64TruncF32U:
                    number = *(float*)(fp + ip->B);
                    if (double.IsNaN(number))
                    {
                        goto InvalidConversion;
                    }

                    if (number <= -1.0 || number >= 18446744073709551616.0)
                    {
                        goto Overflow;
                    }

                    fp[ip->A] = (ulong)Numerics.ToUInt64(number);
                    continue;

                case Operation.I64TruncF64S:
                    number = *(double*)(fp + ip->B);
                    if (double.IsNaN(number))
                    {
                        goto InvalidConversion;
                    }

                    if (number < -9223372036854775808.0 || number >= 9223372036854775808.0)
                    {
                        goto Overflow;
                    }

                    fp[ip->A] = (ulong)Numerics.ToInt64(number);
                    continue;

                case Operation.I64TruncF64U:
                    number = *(double*)(fp + ip->B);
                    if (double.IsNaN(number))
                    {
                        goto InvalidConversion;
                    }

                    if (number <= -1.0 || number >= 18446744073709551616.0)
                    {
                        goto Overflow;
                    }

                    fp[ip->A] = (ulong)Numerics.ToUInt64(number);
                    continue;

                case Operation.F32ConvertI32S: *(float*)(fp + ip->A) = (float)(int)fp[ip->B]; continue;
                case Operation.F32ConvertI32U: *(float*)(fp + ip->A) = (float)(uint)fp[ip->B]; continue;
                case Operation.F32ConvertI64S: *(float*)(fp + ip->A) = (float)(long)fp[ip->B]; continue;

                case Operation.F32ConvertI64U:
                    *(float*)(fp + ip->A) = Numerics.UInt64ToSingle((long)fp[ip->B]);
                    continue;

                case Operation.F32DemoteF64: *(float*)(fp + ip->A) = (float)*(double*)(fp + ip->B); continue;
                case Operation.F64ConvertI32S: *(double*)(fp + ip->A) = (double)(int)fp[ip->B]; continue;
                case Operation.F64ConvertI32U: *(double*)(fp + ip->A) = (double)(uint)fp[ip->B]; continue;
                case Operation.F64ConvertI64S: *(double*)(fp + ip->A) = (double)(long)fp[ip->B]; continue;

                case Operation.F64ConvertI64U:
                    *(double*)(fp + ip->A) = Numerics.UInt64ToDouble((long)fp[ip->B]);
                    continue;

                case Operation.F64PromoteF32: *(double*)(fp + ip->A) = *(float*)(fp + ip->B); continue;
                case Operation.I32Extend8S: fp[ip->A] = (uint)(sbyte)fp[ip->B]; continue;
                case Operation.I32Extend16S: fp[ip->A] = (uint)(short)fp[ip->B]; continue;
                case Operation.I64Extend8S: fp[ip->A] = (ulong)(sbyte)fp[ip->B]; continue;
                case Operation.I64Extend16S: fp[ip->A] = (ulong)(short)fp[ip->B]; continue;
                case Operation.I64Extend32S: fp[ip->A] = (ulong)(int)fp[ip->B]; continue;
                case Operation.I32TruncSatF32S: fp[ip->A] = (uint)Numerics.ToInt32(*(float*)(fp + ip->B)); continue;
                case Operation.I32TruncSatF32U: fp[ip->A] = (uint)Numerics.ToUInt32(*(float*)(fp + ip->B)); continue;
                case Operation.I32TruncSatF64S: fp[ip->A] = (uint)Numerics.ToInt32(*(double*)(fp + ip->B)); continue;
                case Operation.I32TruncSatF64U: fp[ip->A] = (uint)Numerics.ToUInt32(*(double*)(fp + ip->B)); continue;
                case Operation.I64TruncSatF32S: fp[ip->A] = (ulong)Numerics.ToInt64(*(float*)(fp + ip->B)); continue;
                case Operation.I64TruncSatF32U: fp[ip->A] = (ulong)Numerics.ToUInt64(*(float*)(fp + ip->B)); continue;
                case Operation.I64TruncSatF64S: fp[ip->A] = (ulong)Numerics.ToInt64(*(double*)(fp + ip->B)); continue;
                case Operation.I64TruncSatF64U: fp[ip->A] = (ulong)Numerics.ToUInt64(*(double*)(fp + ip->B)); continue;
                case Operation.F32Canonical:
                    *(float*)(fp + ip->A) = Numerics.Canonical(*(float*)(fp + ip->B));
                    continue;

                case Operation.F64Canonical:
                    *(double*)(fp + ip->A) = Numerics.Canonical(*(double*)(fp + ip->B));
                    continue;

                case Operation.Copy32: fp[ip->A] = (uint)fp[ip->B]; continue;
                case Operation.Copy64: fp[ip->A] = fp[ip->B]; continue;
                case Operation.Constant32: fp[ip->A] = (uint)ip->Number; continue;
                case Operation.Constant64: fp[ip->A] = ip[1].Bits; ip++; continue;
                case Operation.AddOffset: fp[ip->A] = fp[ip->B] + ip[1].Bits; ip++; continue;
                case Operation.I32AddImmediate: fp[ip->A] = (uint)fp[ip->B] + (uint)ip->Immediate; continue;
                case Operation.I32MulImmediate: fp[ip->A] = (uint)fp[ip->B] * (uint)ip->Immediate; continue;
                case Operation.I32AndImmediate: fp[ip->A] = (uint)fp[ip->B] & (uint)ip->Immediate; continue;
                case Operation.I32OrImmediate: fp[ip->A] = (uint)fp[ip->B] | (uint)ip->Immediate; continue;
                case Operation.I32XorImmediate: fp[ip->A] = (uint)fp[ip->B] ^ (uint)ip->Immediate; continue;

                case Operation.I32RotlImmediate:
                    fp[ip->A] = BitOperations.RotateLeft((uint)fp[ip->B], ip->Immediate);
                    continue;

                case Operation.I32ShlImmediate: fp[ip->A] = (uint)fp[ip->B] << ip->Immediate; continue;
                case Operation.I32ShrSImmediate: fp[ip->A] = (uint)((int)fp[ip->B] >> ip->Immediate); continue;
                case Operation.I32ShrUImmediate: fp[ip->A] = (uint)fp[ip->B] >> ip->Immediate; continue;
                case Operation.I32EqImmediate: fp[ip->A] = (uint)fp[ip->B] == (uint)ip->Immediate ? 1UL : 0; continue;
                case Operation.I32NeImmediate: fp[ip->A] = (uint)fp[ip->B] != (uint)ip->Immediate ? 1UL : 0; continue;
                case Operation.I32LtSImmediate: fp[ip->A] = (int)fp[ip->B] < ip->Immediate ? 1UL : 0; continue;
                case Operation.I32LtUImmediate: fp[ip->A] = (uint)fp[ip->B] < (uint)ip->Immediate ? 1UL : 0; continue;
                case Operation.I32GtSImmediate: fp[ip->A] = (int)fp[ip->B] > ip->Immediate ? 1UL : 0; continue;
                case Operation.I32GtUImmediate: fp[ip->A] = (uint)fp[ip->B] > (uint)ip->Immediate ? 1UL : 0; continue;
                case Operation.I32LeSImmediate: fp[ip->A] = (int)fp[ip->B] <= ip->Immediate ? 1UL : 0; continue;
                case Operation.I32LeUImmediate: fp[ip->A] = (uint)fp[ip->B] <= (uint)ip->Immediate ? 1UL : 0; continue;
                case Operation.I32GeSImmediate: fp[ip->A] = (int)fp[ip->B] >= ip->Immediate ? 1UL : 0; continue;
                case Operation.I32GeUImmediate: fp[ip->A] = (uint)fp[ip->B] >= (uint)ip->Immediate ? 1UL : 0; continue;
                case Operation.I64AddImmediate: fp[ip->A] = fp[ip->B] + (ulong)(long)ip->Immediate; continue;
                case Operation.I64MulImmediate: fp[ip->A] = fp[ip->B] * (ulong)(long)ip->Immediate; continue;
                case Operation.I64AndImmediate: fp[ip->A] = fp[ip->B] & (ulong)(long)ip->Immediate; continue;
                case Operation.I64OrImmediate: fp[ip->A] = fp[ip->B] | (ulong)(long)ip->Immediate; continue;
                case Operation.I64XorImmediate: fp[ip->A] = fp[ip->B] ^ (ulong)(long)ip->Immediate; continue;

                case Operation.I64RotlImmediate:
                    fp[ip->A] = BitOperations.RotateLeft(fp[ip->B], ip->Immediate);
                    continue;

                case Operation.I64ShlImmediate: fp[ip->A] = fp[ip->B] << ip->Immediate; continue;
                case Operation.I64ShrSImmediate: fp[ip->A] = (ulong)((long)fp[ip->B] >> ip->Immediate); continue;
                case Operation.I64ShrUImmediate: fp[ip->A] = fp[ip->B] >> ip->Immediate; continue;
                case Operation.I64EqImmediate: fp[ip->A] = fp[ip->B] == (ulong)(long)ip->Immediate ? 1UL : 0; continue;
                case Operation.I64NeImmediate: fp[ip->A] = fp[ip->B] != (ulong)(long)ip->Immediate ? 1UL : 0; continue;
                case Operation.I64LtSImmediate: fp[ip->A] = (long)fp[ip->B] < ip->Immediate ? 1UL : 0; continue;
                case Operation.I64LtUImmediate: fp[ip->A] = fp[ip->B] < (ulong)(long)ip->Immediate ? 1UL : 0; continue;
                case Operation.I64GtSImmediate: fp[ip->A] = (long)fp[ip->B] > ip->Immediate ? 1UL : 0; continue;
                case Operation.I64GtUImmediate: fp[ip->A] = fp[ip->B] > (ulong)(long)ip->Immediate ? 1UL : 0; continue;
                case Operation.I64LeSImmediate: fp[ip->A] = (long)fp[ip->B] <= ip->Immediate ? 1UL : 0; continue;
                case Operation.I64LeUImmediate: fp[ip->A] = fp[ip->B] <= (ulong)(long)ip->Immediate ? 1UL : 0; continue;
                case Operation.I64GeSImmediate: fp[ip->A] = (long)fp[ip->B] >= ip->Immediate ? 1UL : 0; continue;
                case Operation.I64GeUImmediate: fp[ip->A] = fp[ip->B] >= (ulong)(long)ip->Immediate ? 1UL : 0; continue;

                case Operation.I32LoadAt:
                    address = (uint)ip->Number;
                    if (address + 4 > length)
                    {
                        goto OutOfBounds;
                    }

                    fp[ip->A] = *(uint*)(memory + address);
                    continue;

                case Operation.I64LoadAt:
                    address = (uint)ip->Number;
                    if (address + 8 > length)
                    {
                        goto OutOfBounds;
                    }

                    fp[ip->A] = *(ulong*)(memory + address);
                    continue;

                case Operation.I32StoreAt:
                    address = (uint)ip->Number;
                    if (address + 4 > length)
                    {
                        goto OutOfBounds;
                    }

                    *(uint*)(memory + address) = (uint)fp[ip->A];
                    continue;

                case Operation.I64StoreAt:
                    address = (uint)ip->Number;
                    if (address + 8 > length)
                    {
                        goto OutOfBounds;
                    }

                    *(ulong*)(memory + address) = fp[ip->A];
                    continue;

                case Operation.Branch: ip += ip->Number; continue;

                case Operation.BranchIf:
                    if ((uint)fp[ip->A] != 0)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchUnless:
                    if ((uint)fp[ip->A] == 0)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32Eq:
                    cell = ip;
                    ip++;
                    if ((uint)fp[cell->A] == (uint)fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32Ne:
                    cell = ip;
                    ip++;
                    if ((uint)fp[cell->A] != (uint)fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32LtS:
                    cell = ip;
                    ip++;
                    if ((int)fp[cell->A] < (int)fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32LtU:
                    cell = ip;
                    ip++;
                    if ((uint)fp[cell->A] < (uint)fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32GtS:
                    cell = ip;
                    ip++;
                    if ((int)fp[cell->A] > (int)fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32GtU:
                    cell = ip;
                    ip++;
                    if ((uint)fp[cell->A] > (uint)fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32LeS:
                    cell = ip;
                    ip++;
                    if ((int)fp[cell->A] <= (int)fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32LeU:
                    cell = ip;
                    ip++;
                    if ((uint)fp[cell->A] <= (uint)fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32GeS:
                    cell = ip;
                    ip++;
                    if ((int)fp[cell->A] >= (int)fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32GeU:
                    cell = ip;
                    ip++;
                    if ((uint)fp[cell->A] >= (uint)fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32EqImmediate:
                    cell = ip;
                    ip++;
                    if ((uint)fp[cell->A] == (uint)ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32NeImmediate:
                    cell = ip;
                    ip++;
                    if ((uint)fp[cell->A] != (uint)ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32LtSImmediate:
                    cell = ip;
                    ip++;
                    if ((int)fp[cell->A] < ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32LtUImmediate:
                    cell = ip;
                    ip++;
                    if ((uint)fp[cell->A] < (uint)ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32GtSImmediate:
                    cell = ip;
                    ip++;
                    if ((int)fp[cell->A] > ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32GtUImmediate:
                    cell = ip;
                    ip++;
                    if ((uint)fp[cell->A] > (uint)ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32LeSImmediate:
                    cell = ip;
                    ip++;
                    if ((int)fp[cell->A] <= ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32LeUImmediate:
                    cell = ip;
                    ip++;
                    if ((uint)fp[cell->A] <= (uint)ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32GeSImmediate:
                    cell = ip;
                    ip++;
                    if ((int)fp[cell->A] >= ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI32GeUImmediate:
                    cell = ip;
                    ip++;
                    if ((uint)fp[cell->A] >= (uint)ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64Eq:
                    cell = ip;
                    ip++;
                    if (fp[cell->A] == fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64Ne:
                    cell = ip;
                    ip++;
                    if (fp[cell->A] != fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64LtS:
                    cell = ip;
                    ip++;
                    if ((long)fp[cell->A] < (long)fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64LtU:
                    cell = ip;
                    ip++;
                    if (fp[cell->A] < fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64GtS:
                    cell = ip;
                    ip++;
                    if ((long)fp[cell->A] > (long)fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64GtU:
                    cell = ip;
                    ip++;
                    if (fp[cell->A] > fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64LeS:
                    cell = ip;
                    ip++;
                    if ((long)fp[cell->A] <= (long)fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64LeU:
                    cell = ip;
                    ip++;
                    if (fp[cell->A] <= fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64GeS:
                    cell = ip;
                    ip++;
                    if ((long)fp[cell->A] >= (long)fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64GeU:
                    cell = ip;
                    ip++;
                    if (fp[cell->A] >= fp[cell->B])
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64EqImmediate:
                    cell = ip;
                    ip++;
                    if (fp[cell->A] == (ulong)ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64NeImmediate:
                    cell = ip;
                    ip++;
                    if (fp[cell->A] != (ulong)ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64LtSImmediate:
                    cell = ip;
                    ip++;
                    if ((long)fp[cell->A] < ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64LtUImmediate:
                    cell = ip;
                    ip++;
                    if (fp[cell->A] < (ulong)ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64GtSImmediate:
                    cell = ip;
                    ip++;
                    if ((long)fp[cell->A] > ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64GtUImmediate:
                    cell = ip;
                    ip++;
                    if (fp[cell->A] > (ulong)ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64LeSImmediate:
                    cell = ip;
                    ip++;
                    if ((long)fp[cell->A] <= ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64LeUImmediate:
                    cell = ip;
                    ip++;
                    if (fp[cell->A] <= (ulong)ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64GeSImmediate:
                    cell = ip;
                    ip++;
                    if ((long)fp[cell->A] >= ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchIfI64GeUImmediate:
                    cell = ip;
                    ip++;
                    if (fp[cell->A] >= (ulong)ip->Left)
                    {
                        ip += ip->Number;
                    }

                    continue;

                case Operation.BranchTable:
                    selector = Math.Min((uint)fp[ip->A], (uint)ip->Number);
                    ip += 1 + selector;
                    ip += ip->Number;
                    continue;

                case Operation.Select32:
                    fp[ip->A] = (uint)((uint)fp[ip[1].A] != 0 ? fp[ip->B] : fp[ip->C]);
                    ip++;
                    continue;

                case Operation.Select64: fp[ip->A] = (uint)fp[ip[1].A] != 0 ? fp[ip->B] : fp[ip->C]; ip++; continue;
                case Operation.SlotGet32: fp[ip->A] = (uint)SlotOf(instance, ip->Number); continue;
                case Operation.SlotGet64: fp[ip->A] = (ulong)SlotOf(instance, ip->Number); continue;

                case Operation.SlotSet32:
                    Unsafe.As<long, uint>(ref SlotOf(instance, ip->Number)) = (uint)fp[ip->A];
                    continue;

                case Operation.SlotSet64: SlotOf(instance, ip->Number) = (long)fp[ip->A]; continue;
                case Operation.CellGet32: fp[ip->A] = (uint)instance.Cells[ip->Number].Bits; continue;
                case Operation.CellGet64: fp[ip->A] = (ulong)instance.Cells[ip->Number].Bits; continue;

                case Operation.CellSet32:
                    Unsafe.As<long, uint>(ref instance.Cells[ip->Number].Bits) = (uint)fp[ip->A];
                    continue;

                case Operation.CellSet64: instance.Cells[ip->Number].Bits = (long)fp[ip->A]; continue;
                case Operation.Charge: fuel -= ip->Number; continue;
                case Operation.Note: ip->Number = 1; continue;

                case Operation.CheckFuel:
                    if (fuel < Volatile.Read(ref store.FuelFloor))
                    {
                        goto FuelLow;
                    }

                    continue;

                case Operation.CheckInterrupt:
                    if (Volatile.Read(ref store.FuelFloor) != 0)
                    {
                        goto Interrupted;
                    }

                    continue;

                case Operation.LoopHead:
                    fuel -= ip->A;
                    ip->Number--;
                    if (ip->Number <= 0)
                    {
                        goto HotLoop;
                    }

                    ip++;
                    continue;

                case Operation.EnterLeaf:
                    if (end - fp < ip->C)
                    {
                        goto StackExhausted;
                    }

                    zero = fp + ip->A;
                    for (count = ip->B; count > 0; count--)
                    {
                        *zero++ = 0;
                    }

                    ip++;
                    fuel -= ip->Left;
                    ip->Number--;
                    if (ip->Number <= 0)
                    {
                        goto HotFunction;
                    }

                    continue;

                case Operation.Enter:
                    if (Volatile.Read(ref store.FuelFloor) != 0)
                    {
                        store.Fuel = fuel;
                        stack.Current = sp;
                        sp[1].Return = ip;
                        store.ThrowIfInterrupted();
                    }

                    if (sp >= last)
                    {
                        goto StackExhausted;
                    }

                    if (end - fp < ip->C)
                    {
                        goto StackExhausted;
                    }

                    depth--;
                    if (depth < 0)
                    {
                        goto StackExhausted;
                    }

                    if (ip->Operation == Operation.EnterMetered && fuel < 0)
                    {
                        goto OutOfFuel;
                    }

                    zero = fp + ip->A;
                    for (count = ip->B; count > 0; count--)
                    {
                        *zero++ = 0;
                    }

                    ip++;
                    fuel -= ip->Left;
                    ip->Number--;
                    if (ip->Number <= 0)
                    {
                        goto HotFunction;
                    }

                    continue;

                case Operation.EnterMetered: goto case Operation.Enter;

                case Operation.Call:
                    sp++;
                    sp->Return = ip;
                    sp->Frame = fp;
                    sp->Depth = depth;
                    sp->Function = ip->Number;
                    fp += ip->A;
                    ip = code[ip->Number] - 1;
                    continue;

                case Operation.CallImport:
                    callee = instance.ImportedFunctions[ip->Number];
                    arguments = fp + ip->A;
                    goto CallFunction;

                case Operation.CallIndirect:
                    table = instance.Tables[ip->C];
                    address = fp[ip->B];
                    if (address >= (uint)table.Count)
                    {
                        goto MissingElement;
                    }

                    callee = Unsafe.As<Function>(table.Elements[(int)address]);
                    if (callee is null)
                    {
                        goto MissingElement;
                    }

                    arguments = fp + ip->A;
                    ip++;
                    if (callee.TypeNumber != ip->Number && !callee.IsDerivedFrom(ip->Left, ip->Number))
                    {
                        goto TypeMismatch;
                    }

                    goto CallFunction;

                case Operation.CallReference:
                    callee = Unsafe.As<Function>(stack.ReferenceAt(fp + ip->B));
                    if (callee is null)
                    {
                        goto NullFunction;
                    }

                    arguments = fp + ip->A;
                    goto CallFunction;

                case Operation.ReturnCall:
                    depth++;
                    sp->Function = ip->Number;
                    ip = code[ip->Number] - 1;
                    continue;

                case Operation.ReturnCallImport:
                    callee = instance.ImportedFunctions[ip->Number];
                    goto ReturnCallFunction;

                case Operation.ReturnCallIndirect:
                    table = instance.Tables[ip->C];
                    address = fp[ip->B];
                    if (address >= (uint)table.Count)
                    {
                        goto MissingElement;
                    }

                    callee = Unsafe.As<Function>(table.Elements[(int)address]);
                    if (callee is null)
                    {
                        goto MissingElement;
                    }

                    if (callee.TypeNumber != ip[1].Number && !callee.IsDerivedFrom(ip[1].Left, ip[1].Number))
                    {
                        goto TypeMismatch;
                    }

                    goto ReturnCallFunction;

                case Operation.ReturnCallReference:
                    callee = Unsafe.As<Function>(stack.ReferenceAt(fp + ip->B));
                    if (callee is null)
                    {
                        goto NullFunction;
                    }

                    goto ReturnCallFunction;

                case Operation.ReturnValue32: *fp = (uint)fp[ip->A]; goto case Operation.Return;
                case Operation.ReturnValue64: *fp = fp[ip->A]; goto case Operation.Return;

                case Operation.Return:
                    if (sp == bottom)
                    {
                        store.Fuel = fuel;
                        return null;
                    }

                    ip = sp->Return;
                    fp = sp->Frame;
                    depth = sp->Depth;
                    sp--;
                    continue;

                case Operation.CallCompiled:
                    store.Fuel = fuel;
                    stack.Current = sp - 1;
                    if (Interpreter.CallCode(instance, stack, entry: 0, sp, fp, bottom, depth))
                    {
                        goto Caught;
                    }

                    goto Returned;

                case Operation.Translate:
                    store.Fuel = fuel;
                    stack.Current = sp;
                    sp[1].Return = ip;
                    ip = instance.Module.Tiers.Translate(instance, sp->Function) - 1;
                    continue;

                case Operation.Throw:
                    store.Fuel = fuel;
                    stack.Current = sp;
                    sp[1].Return = ip;
                    exception = Unwinder.Make(instance, stack, ip, fp);
                    goto Thrown;

                case Operation.ThrowReference:
                    store.Fuel = fuel;
                    stack.Current = sp;
                    sp[1].Return = ip;
                    exception = Unwinder.Take(stack, fp + ip->A);
                    goto Thrown;

                case Operation.Unreachable:
                    store.Fuel = fuel;
                    stack.Current = sp;
                    sp[1].Return = ip;
                    throw Traps.CreateAt(TrapKind.Unreachable, ip->Number);

                default:
                    store.Fuel = fuel;
                    stack.Current = sp;
                    sp[1].Return = ip;
                    ip = RareOperations.Run(instance, stack, ip, fp);
                    goto Reload;
            }

        CallFunction:
            if (callee.Guest == instance)
            {
                sp++;
                sp->Return = ip;
                sp->Frame = fp;
                sp->Depth = depth;
                sp->Function = callee.Index - instance.ImportedFunctions.Length;
                fp = arguments;
                ip = code[sp->Function] - 1;
                continue;
            }

            store.Fuel = fuel;
            stack.Current = sp;
            sp[1].Return = ip;
            if (!instance.Module.Interpretation.HasHandlers)
            {
                Interpreter.CallOut(callee, stack, arguments, depth);
            }
            else if (Interpreter.CallOutAndCatch(callee, stack, arguments, depth, instance, ip, fp, bottom))
            {
                goto Caught;
            }

            goto Reload;

        Thrown:
            if (!Unwinder.Unwind(exception, depth, instance, stack, ip, fp, sp, bottom, depth))
            {
                throw new GuestException(exception, depth);
            }

        Caught:
            ip = stack.Landing.Instruction - 1;
            fp = stack.Landing.Frame;
            sp = stack.Landing.Activation;
            depth = stack.Landing.Depth;
            fuel = store.Fuel;
            if (fuel < 0 && instance.Module.MetersFuel)
            {
                goto FuelLow;
            }

            goto Reload;

        ReturnCallFunction:
            depth++;
            if (callee.Guest == instance)
            {
                sp->Function = callee.Index - instance.ImportedFunctions.Length;
                ip = code[sp->Function] - 1;
                continue;
            }

            // The activation ends here: nothing of it may be under what is called.
            store.Fuel = fuel;
            stack.Current = sp - 1;
            if (sp == bottom)
            {
                return callee;
            }

            if (!instance.Module.Interpretation.HasHandlers)
            {
                Interpreter.CallOut(callee, stack, fp, depth);
            }
            else if (Interpreter.CallOutAndCatch(callee, stack, fp, depth, instance, sp->Return, sp->Frame, bottom))
            {
                goto Caught;
            }

            goto Returned;

        HotFunction:
            ip->Number = int.MaxValue;
            instance.Module.Tiers.NoteHot(instance, sp->Function);
            continue;

        HotLoop:
            nint entry = instance.Module.Tiers.EnterLoop(instance, sp->Function, ip);
            if (entry == 0)
            {
                ip++;
                continue;
            }

            // The loop's first region is charged by its compiled code, too.
            store.Fuel = fuel + ip->A;
            stack.Current = sp - 1;
            if (Interpreter.CallCode(instance, stack, entry, sp, fp, bottom, depth))
            {
                goto Caught;
            }

        Returned:
            if (sp == bottom)
            {
                return null;
            }

            ip = sp->Return;
            fp = sp->Frame;
            depth = sp->Depth;
            sp--;
            goto Reload;

        MissingElement:
            store.Fuel = fuel;
            stack.Current = sp;
            sp[1].Return = ip;
            throw Traps.ForElement(table, (int)Math.Min(address, int.MaxValue));

        FuelLow:
            store.Fuel = fuel;
            stack.Current = sp;
            sp[1].Return = ip;
            throw Traps.ForFuel(store);

        OutOfBounds:
            trap = TrapKind.OutOfBoundsMemoryAccess;
            goto Trap;

        DivideByZero:
            trap = TrapKind.IntegerDivideByZero;
            goto Trap;

        Overflow:
            trap = TrapKind.IntegerOverflow;
            goto Trap;

        InvalidConversion:
            trap = TrapKind.InvalidConversionToInteger;
            goto Trap;

        NullFunction:
            trap = TrapKind.NullFunctionReference;
            goto Trap;

        TypeMismatch:
            trap = TrapKind.IndirectCallTypeMismatch;
            goto Trap;

        StackExhausted:
            trap = TrapKind.CallStackExhausted;
            goto Trap;

        OutOfFuel:
            trap = TrapKind.OutOfFuel;
            goto Trap;

        Interrupted:
            trap = TrapKind.Interrupted;

        Trap:
            store.Fuel = fuel;
            stack.Current = sp;
            sp[1].Return = ip;
            throw Traps.Create(trap);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref long SlotOf(Instance instance, int word) =>
        ref Unsafe.Add(ref Unsafe.As<GlobalSlots, long>(ref instance.Slots), word);
}
