using System.Runtime.ExceptionServices;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Native;
using Plugins.Wasm;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>What ended a guest, kept while native frames unwind: no exception can pass through those.</summary>
internal sealed unsafe class HeldFailure(TrapFunctions api, ModuleDescription module)
{
    private Exception? _exception;

    /// <summary>Keeps what a host function threw; the result is the trap that ends the guest.</summary>
    internal nint Hold(Exception exception)
    {
        _exception = exception;
        fixed (byte* message = "host"u8)
        {
            return api.New(message, 4);
        }
    }

    /// <summary>Keeps that the guest is interrupted; the result is the error that ends it.</summary>
    internal nint HoldInterrupt()
    {
        _exception = new WasmtimeTrapException(EngineFaultKind.Interrupted);
        fixed (byte* message = "interrupted\0"u8)
        {
            return api.NewError(message);
        }
    }

    /// <summary>Throws for what native code returned, or what was held, unchanged.</summary>
    internal void ThrowIfAny(nint error, nint trap)
    {
        if ((error | trap) != 0)
        {
            Throw(error, trap);
        }
    }

    private void Throw(nint error, nint trap)
    {
        if (_exception is { } exception)
        {
            _exception = null;
            if (error != 0)
            {
                api.DeleteError(error);
            }

            if (trap != 0)
            {
                api.Delete(trap);
            }

            ExceptionDispatchInfo.Throw(exception);
        }

        throw trap == 0
            ? new WasmtimeRefusalException(isCompilation: false, api.ReadError(error))
            : TrapReader.Read(api, trap, module);
    }
}
