using System.Reflection;
using Plugins.Wasm.Diagnostics;

namespace Plugins.Wasm.Emit;

/// <summary>A module's emitted methods. Keeps them loaded as long as it is reachable.</summary>
internal sealed class CompiledCode
{
    private readonly MethodInfo[] _methods;
    private readonly nint[] _addresses;

    public CompiledCode(Assembly assembly, MethodInfo[] methods, CompiledFunction[] functions, bool changesTables)
    {
        Assembly = assembly;
        _methods = methods;
        _addresses = new nint[methods.Length];
        Functions = functions;
        ChangesTables = changesTables;
    }

    public Assembly Assembly { get; }

    public CompiledFunction[] Functions { get; }

    /// <summary>Whether any function changes a table.</summary>
    public bool ChangesTables { get; }

    /// <summary>Where to call one of the module's own functions; compiled by the runtime at its first call.</summary>
    public nint AddressOf(int index)
    {
        // Two threads may both find zero here; they then write the same address.
        nint address = _addresses[index];
        if (address == 0)
        {
            address = _methods[index].MethodHandle.GetFunctionPointer();
            _addresses[index] = address;
        }

        return address;
    }
}
