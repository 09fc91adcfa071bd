using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Tests.Native;

/// <summary>A structure that native code is handed, and the one in C that it stands for.</summary>
/// <param name="Type">The structure of the product.</param>
/// <param name="Names">Those of C that have this layout.</param>
/// <param name="Size">Its bytes on 64-bit systems.</param>
/// <param name="Fields">Each field, with its counterpart in C and its offset.</param>
internal sealed record NativeStructure(
    Type Type, string[] Names, int Size, params (string Name, string InC, int Offset)[] Fields)
{
    /// <summary>All that the product has.</summary>
    public static NativeStructure[] All { get; } =
    [
        new(typeof(ByteVector), ["wasm_byte_vec_t", "wasm_name_t", "wasm_valtype_vec_t", "wasm_frame_vec_t"], 16,
            (nameof(ByteVector.Size), "size", 0),
            (nameof(ByteVector.Data), "data", 8)),
        new(typeof(FunctionReference), ["wasmtime_func_t"], 16,
            (nameof(FunctionReference.Store), "store_id", 0),
            (nameof(FunctionReference.Private), "__private", 8)),
        new(typeof(InstanceReference), ["wasmtime_instance_t"], 16,
            (nameof(InstanceReference.Store), "store_id", 0),
            (nameof(InstanceReference.Private), "__private", 8)),
        new(typeof(MemoryReference), ["wasmtime_memory_t"], 24,
            (nameof(MemoryReference.Store), "store_id", 0),
            (nameof(MemoryReference.Private1), "__private1", 8),
            (nameof(MemoryReference.Private2), "__private2", 16)),
        new(typeof(ExternItem), ["wasmtime_extern_t"], 32,
            (nameof(ExternItem.Kind), "kind", 0),
            (nameof(ExternItem.Function), "of.func", 8),
            (nameof(ExternItem.Memory), "of.memory", 8)),
        new(typeof(RawValue), ["wasmtime_val_raw_t"], 16,
            (nameof(RawValue.Int32), "i32", 0),
            (nameof(RawValue.Int64), "i64", 0)),
    ];

    public override string ToString() => Type.Name;

    /// <summary>The size and the offsets that the runtime gives it, in the order of the fields here.</summary>
    public (int Size, int[] Offsets) Measure() =>
        (SizeOf(Type), [.. Fields.Select(field => (int)Marshal.OffsetOf(Type, field.Name))]);

    /// <summary>The fields it has, of which none may be missing here.</summary>
    public FieldInfo[] DeclaredFields() =>
        Type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    /// <summary>The bytes that the runtime gives a field.</summary>
    public int MeasureField(string name) => SizeOf(DeclaredFields().Single(field => field.Name == name).FieldType);

    private static int SizeOf(Type type) => type.IsPointer
        ? nint.Size
        : (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
