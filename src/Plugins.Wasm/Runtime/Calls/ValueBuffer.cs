using System.Runtime.CompilerServices;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>Room for the values of ordinary calls, without allocating.</summary>
[InlineArray(Length)]
internal struct ValueBuffer
{
    internal const int Length = 8;

    private Value _first;
}
