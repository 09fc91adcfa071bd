using Plugins.Wasm.Types;

namespace Plugins.Fuzz.Tests.Engines;

/// <summary>One instance of a module, and all of its state.</summary>
internal interface IGuest : IDisposable
{
    /// <summary>How instantiation ended; the rest may be used only when it did not trap.</summary>
    Trap Start { get; }

    /// <summary>Calls an export; a reference among the arguments is null.</summary>
    Outcome Call(ExportType function, ReadOnlySpan<ulong> arguments);

    ReadOnlySpan<byte> Memory(string export);

    ulong Global(ExportType global);

    uint TableSize(string export);

    ulong TableElement(ExportType table, uint index);
}
