namespace Plugins.Fuzz.Tests.Native;

/// <summary><c>wasmtime_val_t</c>: a value with its type. A number is in the item's first eight bytes.</summary>
internal struct CheckedValue
{
    internal byte Kind;
    internal StoreItem Item;
}
