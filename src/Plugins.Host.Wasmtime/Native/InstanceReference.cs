using System.Runtime.InteropServices;

namespace Plugins.Host.Wasmtime.Native;

/// <summary><c>wasmtime_instance_t</c>: an instance of a store.</summary>
/// <remarks>Worthless after its store: using it with another one ends the process.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct InstanceReference
{
    internal ulong Store;
    internal nuint Private;
}
