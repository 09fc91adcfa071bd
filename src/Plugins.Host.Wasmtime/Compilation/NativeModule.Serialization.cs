using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Compilation;

/// <content>Machine code as bytes. Whoever chooses them chooses what the process runs.</content>
internal sealed partial class NativeModule
{
    /// <summary>The module of code from <see cref="Serialize"/>; null where the library does not take it.</summary>
    /// <param name="engine">An engine with the settings of the one that compiled it.</param>
    /// <param name="trustedCode">Known to come from this user's own compilation: the library checks nothing.</param>
    /// <param name="imports">What the module imports.</param>
    internal static unsafe NativeModule? Deserialize(
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
                if (error == 0)
                {
                    return new NativeModule(engine, new CodeHandle(api, module, engine.Handle), imports);
                }

                // It was made for other settings or another processor than the key tells apart.
                api.Traps.DeleteError(error);
                return null;
            }
        }
        finally
        {
            engine.Handle.DangerousRelease();
        }
    }

    /// <summary>The machine code; null where the library cannot give it.</summary>
    internal unsafe byte[]? Serialize()
    {
        var isKept = false;
        _handle.DangerousAddRef(ref isKept);
        try
        {
            ByteVector code;
            var error = Engine.Api.Engines.SerializeModule(_handle.Pointer, &code);
            if (error != 0)
            {
                Engine.Api.Traps.DeleteError(error);
                return null;
            }

            var bytes = code.Size <= (nuint)Array.MaxLength ? code.Span.ToArray() : null;
            Engine.Api.Traps.DeleteBytes(&code);
            return bytes;
        }
        finally
        {
            _handle.DangerousRelease();
        }
    }
}
