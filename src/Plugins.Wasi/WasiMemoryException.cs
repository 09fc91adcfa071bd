using System.Globalization;

namespace Plugins.Wasi;

/// <summary>Ends a guest that passed a pointer to something outside its memory, or a misaligned one.</summary>
public sealed class WasiMemoryException(string function, uint address, uint length, int alignment)
    : Exception(Describe(function, address, length, alignment))
{
    /// <summary>The function of WASI.</summary>
    public string Function { get; } = function;

    /// <summary>The pointer.</summary>
    public uint Address { get; } = address;

    /// <summary>How many bytes it should point to.</summary>
    public uint Length { get; } = length;

    /// <summary>What the pointer should be a multiple of.</summary>
    public int Alignment { get; } = alignment;

    private static string Describe(string function, uint address, uint length, int alignment) => string.Create(
        CultureInfo.InvariantCulture,
        $"{function}: {length} bytes at {address} are not in the memory, or not a multiple of {alignment}.");
}
