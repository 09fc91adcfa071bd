using Plugins.Wasm.Runtime.Objects;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime;

/// <summary>Which objects of a host are values of a reference type.</summary>
/// <remarks>WebAssembly 3.0, section 4.2.2 (type of a value).</remarks>
internal static class ReferenceTypes
{
    /// <summary>Whether an object, or null, is a value of a type; of a number there is nothing to say.</summary>
    /// <param name="value">The object; for a function reference it is known to be a function.</param>
    /// <param name="code">The type.</param>
    /// <param name="definition">The defined type that it refers to, if any.</param>
    public static bool Admit(object? value, ValueCode code, DefinedType? definition) => code switch
    {
        _ when !code.IsReference => true,
        _ when value is null => code.HasDefault,
        ValueCode.FuncRef or ValueCode.ExternRef => true,
        _ when code.Kind == ValueKind.AnyRef =>
            value is GuestObject && Casts.Test(value, code, definition?.Supertypes.Length ?? 0),
        _ when definition is not null =>
            value is Function function && function.Identity.Definition.IsSubtypeOf(definition),
        _ => code.WithNull is ValueCode.FuncRef or ValueCode.ExternRef
            || (code.WithNull == ValueCode.ExnRef && value is ExceptionInstance),
    };

    /// <summary>Whether types of a list are more than their kinds say, so that objects have to be looked at.</summary>
    public static bool AreTyped(ValueCode[] codes)
    {
        foreach (ValueCode code in codes)
        {
            if (code != (ValueCode)code.Kind)
            {
                return true;
            }
        }

        return false;
    }
}
