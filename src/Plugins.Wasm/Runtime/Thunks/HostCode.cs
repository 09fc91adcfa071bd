using System.Reflection;

namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>Emitted code of a host function: a method of the shape every function has.</summary>
/// <param name="method">Kept, so that the code stays loaded.</param>
internal abstract class HostCode(MethodInfo method)
{
    private readonly MethodInfo _method = method;

    /// <summary>The method's address.</summary>
    internal nint Address { get; } = method.MethodHandle.GetFunctionPointer();
}
