using Plugins.Wasi.Preview1;

namespace Plugins.Wasi;

/// <summary>A function of WASI preview 1, by its name and its type.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed class WasiFunction
{
    internal WasiFunction(string name, string parameters, Operation operation, long fuel, bool hasResult = true)
    {
        Name = name;
        Parameters = [.. parameters.Select(letter => letter == 'l' ? WasiNumber.Int64 : WasiNumber.Int32)];
        Operation = operation;
        Fuel = fuel;
        HasResult = hasResult;
    }

    /// <summary>The name that guests import.</summary>
    public string Name { get; }

    /// <summary>The types of its parameters.</summary>
    public IReadOnlyList<WasiNumber> Parameters { get; }

    /// <summary>True if it returns an <c>i32</c>, an error number; false if it does not return.</summary>
    public bool HasResult { get; }

    internal Operation Operation { get; }

    /// <summary>What a call costs, besides the bytes that it moves.</summary>
    internal long Fuel { get; }
}
