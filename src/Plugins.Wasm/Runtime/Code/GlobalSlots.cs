using System.Runtime.CompilerServices;

namespace Plugins.Wasm.Runtime.Code;

/// <summary>The numeric globals nobody outside an instance can see, stored in the instance itself.</summary>
/// <remarks>
/// Two words each, which leaves room for vectors. The first <see cref="Capacity"/> such globals live here.
/// </remarks>
[InlineArray(Capacity * WordsPerSlot)]
internal struct GlobalSlots
{
    internal const int Capacity = 16;
    internal const int WordsPerSlot = 2;
    internal const int BytesPerSlot = WordsPerSlot * sizeof(long);

    private long _first;
}
