using Plugins.Wasm.Text.Lexing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>What a module has of one kind: how many, and under which identifiers.</summary>
/// <param name="noun">What they are called in messages.</param>
/// <remarks>WebAssembly 3.0, section 6.6.1.</remarks>
internal sealed class IndexSpace(string noun)
{
    private readonly Dictionary<string, uint> _byIdentifier = new(StringComparer.Ordinal);
    private uint _taken;
    public uint Count { get; private set; }

    /// <summary>Declares the next one, and reads the identifier that may stand here.</summary>
    /// <returns>The name that the identifier, or the annotation behind it, gives it.</returns>
    public string? Declare(TokenReader reader)
    {
        Token token = reader.Current;
        string? identifier = reader.TryTakeIdentifier();
        if (identifier is not null && !_byIdentifier.TryAdd(identifier, Count))
        {
            throw reader.Fault($"duplicate {noun} {reader.Show(token)}", token);
        }

        Count++;
        return NameAnnotation.TryTake(reader) ?? identifier;
    }

    /// <summary>Declares so many that can have no identifier.</summary>
    public void Declare(uint count) => Count += count;

    /// <summary>The index of the next one, when all are gone through again.</summary>
    public uint Take() => _taken++;

    /// <summary>Reads an index: a number, which may be out of range, or an identifier, which must be known.</summary>
    public uint Use(TokenReader reader)
    {
        if (!reader.IsIdentifier)
        {
            return (uint)reader.TakeUnsigned(uint.MaxValue, "constant out of range");
        }

        Token token = reader.Current;
        return reader.TryTakeIdentifier() is string identifier && _byIdentifier.TryGetValue(identifier, out uint index)
            ? index
            : throw reader.Fault($"unknown {noun} {reader.Show(token)}", token);
    }
}
