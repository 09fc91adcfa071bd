using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Plugins.Wasm.IL;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Code;

/// <summary>How emitted code makes and reads a <see cref="Fueled{T}"/>.</summary>
internal sealed class FueledMembers
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.NonPublic;

    // An i32 takes all 64 bits. Code that is not optimised loads as much for the register; of what was stored in two
    // parts, or in one that is shorter, the processor would wait for the whole to reach the cache.
    private static readonly FueledMembers s_int32 = Over<long>(OpCodes.Conv_U8, OpCodes.Conv_I4);
    private static readonly FueledMembers s_int64 = Over<long>();
    private static readonly FueledMembers s_single = Over<float>();
    private static readonly FueledMembers s_double = Over<double>();
    private static readonly FueledMembers s_vector = Over<Vector128<byte>>();
    private static readonly FueledMembers s_reference = Over<object>();

    private readonly FieldInfo _value;
    private readonly FieldInfo _fuel;
    private readonly OpCode _widen;
    private readonly OpCode _narrow;

    private FueledMembers(Type type, FieldInfo value, FieldInfo fuel, OpCode? widen, OpCode? narrow)
    {
        Type = type;
        _value = value;
        _fuel = fuel;
        _widen = widen ?? OpCodes.Nop;
        _narrow = narrow ?? OpCodes.Nop;
    }

    public Type Type { get; }

    /// <summary>For a first result of that kind.</summary>
    public static FueledMembers Of(ValueKind kind) => kind switch
    {
        ValueKind.I32 => s_int32,
        ValueKind.I64 => s_int64,
        ValueKind.F32 => s_single,
        ValueKind.F64 => s_double,
        ValueKind.V128 => s_vector,
        _ => s_reference,
    };

    /// <summary>Loads a value of the type with both.</summary>
    /// <param name="il">Where to.</param>
    /// <param name="local">A local of the type.</param>
    /// <param name="loadValue">Loads the result.</param>
    /// <param name="loadFuel">Loads the fuel.</param>
    public void EmitMake(ILEmitter il, LocalBuilder local, Action loadValue, Action loadFuel)
    {
        il.LoadLocalAddress(local);
        loadValue();
        Emit(il, _widen);
        il.Emit(OpCodes.Stfld, _value);
        il.LoadLocalAddress(local);
        loadFuel();
        il.Emit(OpCodes.Stfld, _fuel);
        il.LoadLocal(local);
    }

    /// <summary>Takes apart what is on the evaluation stack, and leaves the result.</summary>
    /// <param name="il">Where to.</param>
    /// <param name="storeFuel">Stores the fuel, which is loaded.</param>
    /// <remarks>
    /// Code that is not optimised would copy it to a local, in one piece that was stored in two; it reads the copies
    /// that it makes here where they are.
    /// </remarks>
    public void EmitTake(ILEmitter il, Action storeFuel)
    {
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Ldfld, _fuel);
        storeFuel();
        il.Emit(OpCodes.Ldfld, _value);
        Emit(il, _narrow);
    }

    private static void Emit(ILEmitter il, OpCode conversion)
    {
        if (conversion != OpCodes.Nop)
        {
            il.Emit(conversion);
        }
    }

    private static FueledMembers Over<T>(OpCode? widen = null, OpCode? narrow = null) => new(
        typeof(Fueled<T>),
        typeof(Fueled<T>).GetField(nameof(Fueled<>.Value), Fields)!,
        typeof(Fueled<T>).GetField(nameof(Fueled<>.Fuel), Fields)!,
        widen,
        narrow);
}
