namespace Plugins.Wasm.SpecTests.Running;

/// <summary>The suite's wordings of traps and link failures, and what the engine calls them.</summary>
internal static class SpecTexts
{
    private static readonly Dictionary<string, TrapKind> Traps = new(StringComparer.Ordinal)
    {
        ["unreachable"] = TrapKind.Unreachable,
        ["out of bounds memory access"] = TrapKind.OutOfBoundsMemoryAccess,
        ["out of bounds table access"] = TrapKind.OutOfBoundsTableAccess,
        ["undefined element"] = TrapKind.UndefinedElement,
        ["uninitialized element"] = TrapKind.UninitializedElement,
        ["uninitialized element 2"] = TrapKind.UninitializedElement,
        ["indirect call type mismatch"] = TrapKind.IndirectCallTypeMismatch,
        ["integer divide by zero"] = TrapKind.IntegerDivideByZero,
        ["integer overflow"] = TrapKind.IntegerOverflow,
        ["invalid conversion to integer"] = TrapKind.InvalidConversionToInteger,
        ["null reference"] = TrapKind.NullReference,
        ["null function reference"] = TrapKind.NullFunctionReference,
        ["null structure reference"] = TrapKind.NullReference,
        ["null array reference"] = TrapKind.NullReference,
        ["null i31 reference"] = TrapKind.NullReference,
        ["cast failure"] = TrapKind.CastFailure,
        ["out of bounds array access"] = TrapKind.OutOfBoundsArrayAccess,
        ["call stack exhausted"] = TrapKind.CallStackExhausted,
    };

    private static readonly Dictionary<string, LinkFailure> LinkFailures = new(StringComparer.Ordinal)
    {
        ["unknown import"] = LinkFailure.UnknownImport,
        ["incompatible import type"] = LinkFailure.IncompatibleImportType,
    };

    /// <summary>
    /// Whether the suite forbids what a later version allows, so that the engine says it lacks the feature.
    /// </summary>
    public static bool IsLifted(string? text, string feature) => (text, feature)
        is ("integer representation too long" or "integer too large", "memory64")
        or ("multiple memories" or "zero byte expected", "multimemory")
        or ("unknown global" or "constant expression required" or "type mismatch", "extended-const");

    /// <summary>Whether the suite calls malformed what a later version reads, and finds invalid.</summary>
    public static bool IsReadLater(string? text) =>
        text is "zero byte expected" or "integer too large" or "malformed memop flags";

    /// <summary>
    /// Whether a number of the text format is refused for a type that version 3.0 has made wider: such a number is read
    /// now, and found too large when the module is validated.
    /// </summary>
    public static bool IsNarrowerNumber(string? text) => text is "i32 constant" or "i32 constant out of range";

    public static TrapKind ToTrap(string text) => Traps[text];

    public static LinkFailure ToLinkFailure(string text) => LinkFailures[text];
}
