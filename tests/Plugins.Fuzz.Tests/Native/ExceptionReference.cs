using System.Runtime.InteropServices;

namespace Plugins.Fuzz.Tests.Native;

/// <summary>A <c>wasmtime_exnref_t</c>, and more than it can need.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct ExceptionReference
{
    public ulong StoreId;
}
