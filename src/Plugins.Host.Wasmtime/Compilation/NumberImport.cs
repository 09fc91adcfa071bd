using Plugins.Host.Engines;
using Plugins.Wasm.Types;

namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>A function of the host over bits, called with what native code gives for its type.</summary>
internal sealed class NumberImport(HostNumberFunction function, FunctionType type)
{
    internal int Get() => (int)function([]);

    internal int Answer(int first, int second) => (int)function([(uint)first, (uint)second]);

    internal void Take(int first, int second) => function([(uint)first, (uint)second]);

    internal void TakeThree(int first, int second, int third) =>
        function([(uint)first, (uint)second, (uint)third]);

    /// <summary>The upper half of a 32-bit argument may be anything, and so may be what lies behind the last.</summary>
    internal ulong Call(ReadOnlySpan<ulong> values)
    {
        Span<ulong> bits = stackalloc ulong[HostImport.MaximumParameters];
        for (var index = 0; index < type.Parameters.Length; index++)
        {
            bits[index] = type.Parameters[index] is ValueKind.I64 or ValueKind.F64
                ? values[index]
                : (uint)values[index];
        }

        return function(bits[..type.Parameters.Length]);
    }
}
