using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>Machine code of a module, shared by all plugins with the same bytes.</summary>
/// <remarks>Immutable and safe for use by many threads; released by its handles' finalizers.</remarks>
internal sealed partial class NativeModule
{
    private readonly CodeHandle _handle;
    private readonly Lazy<PreparedHandle> _prepared;

    internal NativeModule(NativeEngine engine, CodeHandle handle, ImportTable imports)
    {
        Engine = engine;
        Imports = imports;
        _handle = handle;
        _prepared = new Lazy<PreparedHandle>(() => Linking.Prepare(engine, _handle, imports));
    }

    internal NativeEngine Engine { get; }

    internal ImportTable Imports { get; }

    /// <summary>The module with its imports looked up; only where all of them are functions a host can supply.</summary>
    internal PreparedHandle Prepared => _prepared.Value;

    internal static unsafe NativeModule Compile(NativeEngine engine, ReadOnlySpan<byte> binary, ImportTable imports)
    {
        var api = engine.Api;
        var isKept = false;
        engine.Handle.DangerousAddRef(ref isKept);
        try
        {
            nint module = 0;
            fixed (byte* bytes = binary)
            {
                var error = api.Engines.NewModule(engine.Handle.Pointer, bytes, (nuint)binary.Length, &module);
                return error == 0
                    ? new NativeModule(engine, new CodeHandle(api, module, engine.Handle), imports)
                    : throw new WasmtimeRefusalException(isCompilation: true, api.Traps.ReadError(error));
            }
        }
        finally
        {
            engine.Handle.DangerousRelease();
        }
    }

    /// <summary>Makes a module of machine code; null when Wasmtime finds that it was made by another configuration.</summary>
    /// <remarks>
    /// Wasmtime checks versions and settings, not the code: bytes that come from anywhere but this machine's own
    /// compiler run as they are.
    /// </remarks>
    internal static unsafe NativeModule? TryDeserialize(
        NativeEngine engine, ReadOnlySpan<byte> trustedCode, ImportTable imports)
    {
        var api = engine.Api;
        var isKept = false;
        engine.Handle.DangerousAddRef(ref isKept);
        try
        {
            nint module = 0;
            fixed (byte* bytes = trustedCode)
            {
                var error = api.Engines.DeserializeModule(
                    engine.Handle.Pointer, bytes, (nuint)trustedCode.Length, &module);
                if (error != 0)
                {
                    api.Traps.DeleteError(error);
                    return null;
                }
            }

            return new NativeModule(engine, new CodeHandle(api, module, engine.Handle), imports);
        }
        finally
        {
            engine.Handle.DangerousRelease();
        }
    }

    /// <summary>The machine code, to be deserialized by the same library in the same configuration; null on failure.</summary>
    internal unsafe byte[]? Serialize()
    {
        var api = Engine.Api;
        ByteVector vector;
        var error = api.Engines.SerializeModule(_handle.Pointer, &vector);
        GC.KeepAlive(this);
        if (error != 0)
        {
            api.Traps.DeleteError(error);
            return null;
        }

        var code = vector.Span.ToArray();
        api.Traps.DeleteBytes(&vector);
        return code;
    }
}
