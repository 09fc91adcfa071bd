using System.Runtime.InteropServices;

namespace Plugins.Host.Wasmtime.Native;

/// <summary><c>wasmtime_func_t</c>: a function of a store.</summary>
/// <remarks>Worthless after its store: using it with another one ends the process.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct FunctionReference
{
    internal ulong Store;
    internal nint Private;
}
