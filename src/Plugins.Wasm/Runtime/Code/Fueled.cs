namespace Plugins.Wasm.Runtime.Code;

/// <summary>What a function returns that is given its fuel: its first result, and what is left.</summary>
internal struct Fueled<T>
{
    // Compiled code reads and writes these by name; see FueledMembers.
    internal T Value;
    internal long Fuel;
}
