using System.Reflection;
using System.Runtime.CompilerServices;

namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>Emitted code that leads out of compiled code: a method of the shape every function has.</summary>
internal abstract class HostCode
{
    // Kept, so that the code stays loaded.
    private readonly MethodInfo _method;

    protected HostCode(MethodInfo method)
    {
        _method = method;

        // Made in the background, so that no call waits for the runtime's compiler.
        RuntimeHelpers.PrepareMethod(method.MethodHandle);
        Address = method.MethodHandle.GetFunctionPointer();
    }

    /// <summary>The method's address.</summary>
    internal nint Address { get; }
}
