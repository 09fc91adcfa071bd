using System.Globalization;

namespace Plugins.Wasm.Features;

/// <summary>Something in a module that only a proposal gives a meaning.</summary>
/// <param name="Feature">The proposal.</param>
/// <param name="Name">What was found, with its article.</param>
/// <remarks>
/// Numbers that no proposal has taken are not here: they stay malformed. The proposals are those of the WebAssembly
/// community group that have numbers, as of 2025.
/// </remarks>
internal readonly record struct ForeignConstruct(WasmFeature Feature, string Name)
{
    /// <summary>What follows the first byte is a number that belongs to the opcode.</summary>
    public static bool IsPrefix(byte opcode) => opcode is 0xFB or 0xFC or 0xFE;

    /// <summary>The instruction of an opcode without a prefix, or null where no proposal has it.</summary>
    public static ForeignConstruct? OfOpcode(byte opcode) => opcode switch
    {
        0xD3 => Instruction(WasmFeature.GarbageCollection, opcode),
        >= 0xE0 and <= 0xE6 => Instruction(WasmFeature.StackSwitching, opcode),
        _ => null,
    };

    /// <summary>The instruction of an opcode with a prefix, or null where no proposal has it.</summary>
    public static ForeignConstruct? OfOpcode(byte prefix, uint number) => (prefix, number) switch
    {
        (0xFB, <= 0x1E) => Instruction(WasmFeature.GarbageCollection, prefix, number),
        (0xFE, <= 0x03 or (>= 0x10 and <= 0x4E)) => Instruction(WasmFeature.Atomics, prefix, number),
        _ => null,
    };

    /// <summary>A reference type or heap type, or null.</summary>
    public static ForeignConstruct? OfReferenceType(byte type) => type switch
    {
        0x63 or 0x64 => new(WasmFeature.FunctionReferences, "a typed reference"),
        (>= 0x6A and <= 0x6E) or (>= 0x71 and <= 0x73) => new(
            WasmFeature.GarbageCollection, string.Create(CultureInfo.InvariantCulture, $"the type 0x{type:X2}")),
        0x68 or 0x75 => new(WasmFeature.StackSwitching, "a continuation reference"),
        _ => null,
    };

    /// <summary>The form of an entry of the type section, or null.</summary>
    public static ForeignConstruct? OfTypeForm(byte form) => form switch
    {
        0x5F => new(WasmFeature.GarbageCollection, "a structure type"),
        0x5E => new(WasmFeature.GarbageCollection, "an array type"),
        0x4E or 0x4F or 0x50 => new(WasmFeature.GarbageCollection, "a recursive or derived type"),
        0x5D => new(WasmFeature.StackSwitching, "a continuation type"),
        _ => null,
    };

    /// <summary>The flags of a memory's limits, or null.</summary>
    public static ForeignConstruct? OfMemoryLimits(byte flags) => flags switch
    {
        3 or 7 or 11 or 15 => new(WasmFeature.Atomics, "a shared memory"),
        _ => null,
    };

    private static ForeignConstruct Instruction(WasmFeature feature, byte opcode) =>
        new(feature, string.Create(CultureInfo.InvariantCulture, $"the instruction 0x{opcode:X2}"));

    private static ForeignConstruct Instruction(WasmFeature feature, byte prefix, uint number) =>
        new(feature, string.Create(CultureInfo.InvariantCulture, $"the instruction 0x{prefix:X2} 0x{number:X2}"));
}
