using System.Runtime.CompilerServices;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Objects;

/// <summary>Which type a reference has.</summary>
/// <remarks>
/// In constant time: a type's supertypes stand in a list by their depth. WebAssembly 3.0, section 4.6.6.
/// </remarks>
internal static class Casts
{
    /// <summary>Whether two references are the same: integers are where they are equal.</summary>
    public static bool AreSame(object? first, object? second) =>
        ReferenceEquals(first, second) || (first is GuestInteger one && second is GuestInteger other
            && one.Value == other.Value);

    /// <summary>Whether a reference, or null, is a value of a type of its hierarchy.</summary>
    /// <param name="value">The reference.</param>
    /// <param name="target">The type.</param>
    /// <param name="depth">How many supertypes that has, where it is a defined one.</param>
    public static bool Test(object? value, ValueCode target, int depth)
    {
        if (value is null)
        {
            return target.HasDefault;
        }

        if (target.HasDefinition)
        {
            int[] display = target.Form == TypeForm.Function
                ? Unsafe.As<Function>(value).Identity.Display
                : Unsafe.As<GuestObject>(value).Home.Display;
            return depth < display.Length && display[depth] == target.Number;
        }

        return target.WithNull switch
        {
            ValueCode.EqRef => Unsafe.As<GuestObject>(value).Home.Kind != ObjectKind.Host,
            ValueCode.I31Ref => Unsafe.As<GuestObject>(value).Home.Kind == ObjectKind.Integer,
            ValueCode.StructRef => Unsafe.As<GuestObject>(value).Home.Kind == ObjectKind.Structure,
            ValueCode.ArrayRef => Unsafe.As<GuestObject>(value).Home.Kind == ObjectKind.Array,
            ValueCode.AnyRef or ValueCode.FuncRef or ValueCode.ExternRef or ValueCode.ExnRef => true,
            _ => false,
        };
    }

    /// <summary>The same for a structure or array type without null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(object? value, int type, int depth)
    {
        if (value is null)
        {
            return false;
        }

        int[] display = Unsafe.As<GuestObject>(value).Home.Display;
        return (uint)depth < (uint)display.Length && display[depth] == type;
    }

    /// <summary>The same for a structure or array type with null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNullOr(object? value, int type, int depth) => value is null || Is(value, type, depth);

    /// <summary>What <see cref="Test"/> has to know of a target's depth.</summary>
    public static int DepthOf(ValueCode target, ModuleTypes types) => types.TypeOf(target)?.Supertypes.Length ?? 0;

    /// <summary>A reference as one of the host.</summary>
    public static object? ToExtern(object? value) => value is HostReference host ? host.Target : value;

    /// <summary>A reference of the host as one of the guest.</summary>
    /// <exception cref="ArgumentException">It is an object of another store's guest.</exception>
    /// <exception cref="TrapException">There is no room for it.</exception>
    public static object? ToAny(Instance instance, object? value)
    {
        if (value is null)
        {
            return null;
        }

        if (value is GuestObject guest)
        {
            return Function.ThrowIfForeign(guest, instance.OwningStore);
        }

        return new HostReference(value, instance.OwningStore.Heap.TakeHostReference());
    }
}
