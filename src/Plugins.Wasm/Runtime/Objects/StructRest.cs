namespace Plugins.Wasm.Runtime.Objects;

/// <summary>The slots of a structure for which its object has no room.</summary>
internal sealed class StructRest(int references, int numbers)
{
    // Compiled code reads these; see Runtime/RuntimeMembers.
    internal readonly object?[] References = new object?[references];
    internal readonly long[] Numbers = new long[numbers];
}
