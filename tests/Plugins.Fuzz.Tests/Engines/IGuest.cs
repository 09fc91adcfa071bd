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

    /// <summary>Every so manieth element of a table, from the first.</summary>
    ulong[] TableElements(ExportType table, uint step);

    /// <summary>What the engine calls a trap, if it tells fewer kinds apart.</summary>
    Trap AsTold(Trap trap) => trap;
}
