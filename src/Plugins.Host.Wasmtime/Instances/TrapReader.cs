using System.Collections.Immutable;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Native;
using Plugins.Wasm;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>Makes an exception of a native trap: its code, place and frames, and nothing of its text.</summary>
internal static unsafe class TrapReader
{
    private const int MostFrames = 64;
    private const byte CallIndirect = 0x11;

    /// <summary>Takes over the trap.</summary>
    internal static WasmtimeTrapException Read(TrapFunctions api, nint trap, ModuleDescription module)
    {
        byte code;
        var hasCode = api.Code(trap, &code) != 0;
        ByteVector vector;
        api.Trace(trap, &vector);
        var frames = ReadFrames(api, vector, module);
        var offset = vector.Size == 0 ? null : ReadOffset(api, *(nint*)vector.Data, module);
        api.DeleteFrames(&vector);
        api.Delete(trap);
        var native = hasCode ? (NativeTrapCode)code : NativeTrapCode.Unknown;
        return native switch
        {
            NativeTrapCode.OutOfFuel => new WasmtimeTrapException(EngineFaultKind.OutOfFuel),
            NativeTrapCode.Interrupt => new WasmtimeTrapException(EngineFaultKind.Interrupted),
            _ => new WasmtimeTrapException(EngineFaultKind.Trap, Translate(native, module, offset), offset, frames),
        };
    }

    private static ImmutableArray<GuestFrame> ReadFrames(TrapFunctions api, ByteVector vector, ModuleDescription module)
    {
        var count = (int)nuint.Min(vector.Size, MostFrames);
        var frames = ImmutableArray.CreateBuilder<GuestFrame>(count);
        for (var index = 0; index < count; index++)
        {
            var frame = ((nint*)vector.Data)[index];
            var function = (int)api.FrameFunction(frame);
            frames.Add(new GuestFrame(function, module.GetReadableFunctionName(function))
            {
                Offset = ReadOffset(api, frame, module),
            });
        }

        return frames.MoveToImmutable();
    }

    private static int? ReadOffset(TrapFunctions api, nint frame, ModuleDescription module)
    {
        var offset = api.FrameOffset(frame);
        return offset < (nuint)module.Bytes.Length ? (int)offset : null;
    }

    private static TrapCode Translate(NativeTrapCode code, ModuleDescription module, int? offset) => code switch
    {
        NativeTrapCode.StackOverflow => TrapCode.CallStackExhausted,
        NativeTrapCode.MemoryOutOfBounds => TrapCode.OutOfBoundsMemoryAccess,
        NativeTrapCode.TableOutOfBounds => TranslateTable(module, offset),
        NativeTrapCode.IndirectCallToNull => TrapCode.UninitializedElement,
        NativeTrapCode.BadSignature => TrapCode.IndirectCallTypeMismatch,
        NativeTrapCode.IntegerOverflow => TrapCode.IntegerOverflow,
        NativeTrapCode.IntegerDivisionByZero => TrapCode.IntegerDivideByZero,
        NativeTrapCode.BadConversionToInteger => TrapCode.InvalidConversionToInteger,
        NativeTrapCode.UnreachableCodeReached => TrapCode.Unreachable,
        NativeTrapCode.NullReference => TrapCode.NullReference,
        _ => TrapCode.Other,
    };

    // Wasmtime has one code for what the specification calls "undefined element" (section 4.4.8, call_indirect) and
    // "out of bounds table access" (4.4.6, table instructions); the instruction tells them apart.
    private static TrapCode TranslateTable(ModuleDescription module, int? offset) =>
        offset is int place && module.Bytes.Span[place] == CallIndirect
            ? TrapCode.UndefinedElement
            : TrapCode.OutOfBoundsTableAccess;
}
