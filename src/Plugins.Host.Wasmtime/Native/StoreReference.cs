using System.Runtime.InteropServices;

namespace Plugins.Host.Wasmtime.Native;

/// <summary><c>wasmtime_func_t</c>, <c>…_memory_t</c> or <c>…_instance_t</c>: a store and an index.</summary>
/// <remarks>Worthless after its store: using it with another one ends the process.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct StoreReference
{
    internal ulong Store;
    internal ulong Index;
}
