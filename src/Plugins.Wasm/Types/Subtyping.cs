namespace Plugins.Wasm.Types;

/// <summary>Which value types match which.</summary>
/// <remarks>WebAssembly 3.0, section 3.3.</remarks>
internal static class Subtyping
{
    /// <summary>Whether a value of one type may stand where another is expected.</summary>
    /// <param name="actual">The value's type.</param>
    /// <param name="actualType">The defined type that it refers to, if any.</param>
    /// <param name="expected">The other type.</param>
    /// <param name="expectedType">The defined type that it refers to, if any.</param>
    public static bool Matches(
        ValueCode actual, DefinedType? actualType, ValueCode expected, DefinedType? expectedType)
    {
        if (actual == expected || actual == ValueCode.None)
        {
            return true;
        }

        if (!actual.IsReference || !expected.IsReference || (actual.HasDefault && !expected.HasDefault))
        {
            return false;
        }

        if (actual == ValueCode.BottomRef)
        {
            return true;
        }

        ValueCode abstractType = expected.WithNull;
        return actualType is null ? MatchesAbstract(actual.WithNull, abstractType)
            : expectedType is null ? MatchesAbstract(TopOf(actualType.Form), abstractType)
            : actualType.IsSubtypeOf(expectedType);
    }

    /// <summary>Whether a type may say that it is derived from another.</summary>
    /// <remarks>WebAssembly 3.0, sections 3.2.12 and 3.3.9 to 3.3.14.</remarks>
    public static bool MayDerive(DefinedType derived, DefinedType supertype)
    {
        if (supertype.IsFinal || derived.Form != supertype.Form)
        {
            return false;
        }

        if (derived.Function is FunctionType function && supertype.Function is FunctionType other)
        {
            return MatchAll(other.ParameterCodes, supertype, function.ParameterCodes, derived)
                && MatchAll(function.ResultCodes, derived, other.ResultCodes, supertype);
        }

        if (derived.Fields.Length < supertype.Fields.Length)
        {
            return false;
        }

        for (int i = 0; i < supertype.Fields.Length; i++)
        {
            FieldType field = derived.Fields[i];
            FieldType expected = supertype.Fields[i];
            if (field.IsMutable != expected.IsMutable
                || (field.Code != expected.Code
                    && (field.IsMutable || !Match(field.Code, derived, expected.Code, supertype))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MatchAll(
        ValueCode[] actual, DefinedType actualOwner, ValueCode[] expected, DefinedType expectedOwner)
    {
        if (actual.Length != expected.Length)
        {
            return false;
        }

        for (int i = 0; i < actual.Length; i++)
        {
            if (!Match(actual[i], actualOwner, expected[i], expectedOwner))
            {
                return false;
            }
        }

        return true;
    }

    // Codes that two types mention, each known to the group of its own.
    private static bool Match(
        ValueCode actual, DefinedType actualOwner, ValueCode expected, DefinedType expectedOwner) =>
        actual == expected || Matches(
            actual,
            actual.HasDefinition ? actualOwner.Group.Find(actual.Number) : null,
            expected,
            expected.HasDefinition ? expectedOwner.Group.Find(expected.Number) : null);

    // Both with null; the expected one may be a defined type, which has the bottom of its hierarchy below it.
    private static bool MatchesAbstract(ValueCode actual, ValueCode expected) =>
        actual == expected || actual switch
        {
            ValueCode.NullFuncRef => expected.Kind == ValueKind.FuncRef,
            ValueCode.NullExternRef => expected == ValueCode.ExternRef,
            ValueCode.NullExnRef => expected == ValueCode.ExnRef,
            ValueCode.NullRef => expected.Kind == ValueKind.AnyRef,
            ValueCode.I31Ref or ValueCode.StructRef or ValueCode.ArrayRef =>
                expected is ValueCode.EqRef or ValueCode.AnyRef,
            ValueCode.EqRef => expected == ValueCode.AnyRef,
            _ => false,
        };

    private static ValueCode TopOf(TypeForm form) => form switch
    {
        TypeForm.Function => ValueCode.FuncRef,
        TypeForm.Structure => ValueCode.StructRef,
        _ => ValueCode.ArrayRef,
    };
}
