using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Compilation;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>What native code calls for an imported function: one function for each shape, told which import.</summary>
/// <remarks>
/// No exception may leave these, because native frames cannot be unwound by the runtime: it is kept with the instance,
/// and a trap is returned instead.
/// </remarks>
internal static unsafe class HostCallbacks
{
    internal static nint AddressOf(HostShape shape) => shape switch
    {
        HostShape.Get => (nint)(delegate* unmanaged<nint, nint, RawValue*, nuint, nint>)&Get,
        HostShape.Answer => (nint)(delegate* unmanaged<nint, nint, RawValue*, nuint, nint>)&Answer,
        HostShape.Take => (nint)(delegate* unmanaged<nint, nint, RawValue*, nuint, nint>)&Take,
        HostShape.TakeThree => (nint)(delegate* unmanaged<nint, nint, RawValue*, nuint, nint>)&TakeThree,
        _ => (nint)(delegate* unmanaged<nint, nint, RawValue*, nuint, nint>)&Numbers,
    };

    [UnmanagedCallersOnly]
    private static nint Get(nint token, nint caller, RawValue* values, nuint count)
    {
        var import = new CallbackToken(token);
        var instance = import.FindInstance(caller);
        var outer = instance.EnterHost(caller);
        try
        {
            values[0].Int32 = Unsafe.As<Func<int>>(instance.FunctionAt(import.Slot))();
            return 0;
        }
        catch (Exception exception)
        {
            return instance.Failure.Hold(exception);
        }
        finally
        {
            instance.LeaveHost(outer);
        }
    }

    [UnmanagedCallersOnly]
    private static nint Answer(nint token, nint caller, RawValue* values, nuint count)
    {
        var import = new CallbackToken(token);
        var instance = import.FindInstance(caller);
        var outer = instance.EnterHost(caller);
        try
        {
            var function = Unsafe.As<Func<int, int, int>>(instance.FunctionAt(import.Slot));
            values[0].Int32 = function(values[0].Int32, values[1].Int32);
            return 0;
        }
        catch (Exception exception)
        {
            return instance.Failure.Hold(exception);
        }
        finally
        {
            instance.LeaveHost(outer);
        }
    }

    [UnmanagedCallersOnly]
    private static nint Take(nint token, nint caller, RawValue* values, nuint count)
    {
        var import = new CallbackToken(token);
        var instance = import.FindInstance(caller);
        var outer = instance.EnterHost(caller);
        try
        {
            Unsafe.As<Action<int, int>>(instance.FunctionAt(import.Slot))(values[0].Int32, values[1].Int32);
            return 0;
        }
        catch (Exception exception)
        {
            return instance.Failure.Hold(exception);
        }
        finally
        {
            instance.LeaveHost(outer);
        }
    }

    [UnmanagedCallersOnly]
    private static nint TakeThree(nint token, nint caller, RawValue* values, nuint count)
    {
        var import = new CallbackToken(token);
        var instance = import.FindInstance(caller);
        var outer = instance.EnterHost(caller);
        try
        {
            var function = Unsafe.As<Action<int, int, int>>(instance.FunctionAt(import.Slot));
            function(values[0].Int32, values[1].Int32, values[2].Int32);
            return 0;
        }
        catch (Exception exception)
        {
            return instance.Failure.Hold(exception);
        }
        finally
        {
            instance.LeaveHost(outer);
        }
    }

    [UnmanagedCallersOnly]
    private static nint Numbers(nint token, nint caller, RawValue* values, nuint count)
    {
        var import = new CallbackToken(token);
        var instance = import.FindInstance(caller);
        var outer = instance.EnterHost(caller);
        try
        {
            Span<ulong> bits = stackalloc ulong[HostImport.MaximumParameters];
            for (var index = 0; index < (int)count; index++)
            {
                bits[index] = (ulong)values[index].Int64;
            }

            var result = Unsafe.As<HostNumberFunction>(instance.FunctionAt(import.Slot))(bits);
            if (count > 0)
            {
                values[0].Int64 = (long)result;
            }

            return 0;
        }
        catch (Exception exception)
        {
            return instance.Failure.Hold(exception);
        }
        finally
        {
            instance.LeaveHost(outer);
        }
    }
}
