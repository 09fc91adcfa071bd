using System.Collections.Immutable;
using Plugins.Host.Errors;
using Plugins.Wasm;
using Plugins.Wasm.Diagnostics;

namespace Plugins.Host.Engines.Embedded;

/// <summary>Puts the embedded engine's exceptions into the terms of the seam.</summary>
internal static class EmbeddedFaults
{
    internal static EngineFault? Describe(Exception exception) => exception switch
    {
        TrapException trap => Describe(trap),
        GuestException uncaught => new EngineFault
        {
            Kind = EngineFaultKind.Trap,
            Trap = TrapCode.UncaughtException,
            Reason = uncaught.Message,
            Backtrace = FramesOf(uncaught.Backtrace),
        },
        MalformedModuleException malformed => new EngineFault
        {
            Kind = EngineFaultKind.Malformed, Reason = malformed.Reason, Offset = malformed.Offset,
        },
        InvalidModuleException invalid => new EngineFault
        {
            Kind = EngineFaultKind.Invalid, Reason = invalid.Reason, Offset = invalid.Offset,
        },
        ModuleLimitException limit => new EngineFault
        {
            Kind = EngineFaultKind.ModuleLimit,
            Reason = limit.Message,
            Subject = limit.Limit,
            Allowed = limit.Allowed,
            Requested = limit.Actual,
            Offset = limit.Offset,
        },
        UnsupportedFeatureException unsupported => new EngineFault
        {
            Kind = EngineFaultKind.UnsupportedFeature,
            Reason = $"{unsupported.Proposal}: {unsupported.Construct}. {unsupported.Remedy}",
            Subject = unsupported.Feature,
            Offset = unsupported.Offset,
            FunctionIndex = unsupported.FunctionIndex,
        },
        StoreLimitException limit => Describe(limit),
        LinkException link => new EngineFault
        {
            Kind = EngineFaultKind.Link, Reason = link.Message, Subject = link.Import.Name,
        },
        InsufficientMemoryException memory => new EngineFault
        {
            Kind = EngineFaultKind.MemoryLimit, Reason = memory.Message,
        },
        _ => null,
    };

    private static EngineFault Describe(StoreLimitException limit) => new()
    {
        Kind = limit.Limit == nameof(StoreOptions.MemoryPages)
            ? EngineFaultKind.MemoryLimit
            : EngineFaultKind.InstanceLimit,
        Reason = limit.Message,
        Subject = limit.Limit,
        Allowed = limit.Allowed,
        Requested = limit.Requested,
    };

    private static EngineFault Describe(TrapException trap) => trap.Kind switch
    {
        TrapKind.OutOfFuel => new EngineFault { Kind = EngineFaultKind.OutOfFuel, Reason = trap.Message },
        TrapKind.Interrupted => new EngineFault { Kind = EngineFaultKind.Interrupted, Reason = trap.Message },
        _ => new EngineFault
        {
            Kind = EngineFaultKind.Trap,
            Trap = Translate(trap.Kind),
            Reason = trap.Message,
            Offset = trap.Offset,
            Backtrace = FramesOf(trap.Backtrace),
        },
    };

    private static ImmutableArray<GuestFrame> FramesOf(IReadOnlyList<WasmFrame> frames) =>
        [
            .. frames.Select(frame => new GuestFrame(frame.FunctionIndex, frame.FunctionName)
            {
                Offset = frame.Offset,
            }),
        ];

    private static TrapCode Translate(TrapKind kind) => kind switch
    {
        TrapKind.Unreachable => TrapCode.Unreachable,
        TrapKind.OutOfBoundsMemoryAccess => TrapCode.OutOfBoundsMemoryAccess,
        TrapKind.OutOfBoundsTableAccess => TrapCode.OutOfBoundsTableAccess,
        TrapKind.UndefinedElement => TrapCode.UndefinedElement,
        TrapKind.UninitializedElement => TrapCode.UninitializedElement,
        TrapKind.IndirectCallTypeMismatch => TrapCode.IndirectCallTypeMismatch,
        TrapKind.IntegerDivideByZero => TrapCode.IntegerDivideByZero,
        TrapKind.IntegerOverflow => TrapCode.IntegerOverflow,
        TrapKind.InvalidConversionToInteger => TrapCode.InvalidConversionToInteger,
        TrapKind.NullReference or TrapKind.NullFunctionReference => TrapCode.NullReference,
        TrapKind.CastFailure => TrapCode.CastFailure,
        TrapKind.OutOfBoundsArrayAccess => TrapCode.OutOfBoundsArrayAccess,
        TrapKind.HeapExhausted => TrapCode.HeapExhausted,
        TrapKind.CallStackExhausted => TrapCode.CallStackExhausted,
        _ => TrapCode.Other,
    };
}
