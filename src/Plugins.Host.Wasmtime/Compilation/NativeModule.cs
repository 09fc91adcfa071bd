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

    /// <summary>The module with its imports looked up; only where a host can supply all of them.</summary>
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
}
