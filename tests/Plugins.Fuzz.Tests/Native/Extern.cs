namespace Plugins.Fuzz.Tests.Native;

/// <summary><c>wasmtime_extern_t</c>.</summary>
internal struct Extern
{
    internal byte Kind;
    internal StoreItem Item;
}
