using System.Collections.Immutable;
using System.Text;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Instances;
using Plugins.Host.Wasmtime.Native;
using Plugins.Wasm.Types;

namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>Looks up a module's imports once for all its instances.</summary>
/// <remarks>
/// Every instance has delegates of its own, so a native import knows its slot only; the store tells the instance.
/// </remarks>
internal static unsafe class Linking
{
    internal const byte NativeInt32 = 0;

    internal static PreparedHandle Prepare(NativeEngine engine, CodeHandle module, ImportTable imports)
    {
        var api = engine.Api;
        var linker = api.Links.NewLinker(engine.Handle.Pointer);
        try
        {
            for (var slot = 0; slot < imports.Slots.Length; slot++)
            {
                Define(api, linker, imports.Slots[slot], slot);
            }

            nint prepared = 0;
            ThrowIfRefused(api, api.Links.Prepare(linker, module.Pointer, &prepared));
            return new PreparedHandle(api, prepared, module);
        }
        finally
        {
            api.Links.DeleteLinker(linker);
        }
    }

    private static void Define(WasmtimeApi api, nint linker, ImportSlot import, int slot)
    {
        var module = Encoding.UTF8.GetBytes(import.Module);
        var name = Encoding.UTF8.GetBytes(import.Name);
        var callback = HostCallbacks.AddressOf(import.Shape);
        var token = new CallbackToken(api, slot).Word;
        var type = NewType(api, import.Type);
        fixed (byte* moduleBytes = module, nameBytes = name)
        {
            var error = api.Links.Define(
                linker, moduleBytes, (nuint)module.Length, nameBytes, (nuint)name.Length, type, callback, token, 0);
            api.Links.DeleteFunctionType(type);
            ThrowIfRefused(api, error);
        }
    }

    private static nint NewType(WasmtimeApi api, FunctionType type)
    {
        var parameters = NewTypes(api, type.Parameters);
        var results = NewTypes(api, type.Results);
        return api.Links.NewFunctionType(&parameters, &results);
    }

    private static ByteVector NewTypes(WasmtimeApi api, ImmutableArray<ValueKind> kinds)
    {
        var types = stackalloc nint[HostImport.MaximumParameters];
        for (var index = 0; index < kinds.Length; index++)
        {
            types[index] = api.Links.NewValueType(NativeKind(kinds[index]));
        }

        ByteVector vector;
        api.Links.NewValueTypes(&vector, (nuint)kinds.Length, types);
        return vector;
    }

    // wasm_valkind_t
    private static byte NativeKind(ValueKind kind) => kind switch
    {
        ValueKind.I64 => 1,
        ValueKind.F32 => 2,
        ValueKind.F64 => 3,
        _ => NativeInt32,
    };

    private static void ThrowIfRefused(WasmtimeApi api, nint error)
    {
        if (error != 0)
        {
            throw new WasmtimeRefusalException(isCompilation: false, api.Traps.ReadError(error));
        }
    }
}
