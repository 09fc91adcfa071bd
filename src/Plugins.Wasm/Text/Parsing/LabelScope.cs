using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>The labels of the blocks that are open. WebAssembly 3.0, section 6.5.1.</summary>
internal sealed class LabelScope
{
    private readonly List<(string? Identifier, int Shadowed)> _open = [];

    // The level of the innermost block of each identifier.
    private readonly Dictionary<string, int> _levels = new(StringComparer.Ordinal);
    private uint _blocks;

    public SectionWriter Names { get; } = new();

    public void Open(BlockLabel label)
    {
        string? identifier = label.Identifier;
        int shadowed = -1;
        if (identifier is not null)
        {
            shadowed = _levels.GetValueOrDefault(identifier, -1);
            _levels[identifier] = _open.Count;
        }

        if (label.Name is string name)
        {
            NameSectionWriter.AddTo(Names, _blocks, name);
        }

        _open.Add((identifier, shadowed));
        _blocks++;
    }

    public void Close()
    {
        (string? identifier, int shadowed) = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        if (identifier is null)
        {
            return;
        }

        if (shadowed < 0)
        {
            _levels.Remove(identifier);
        }
        else
        {
            _levels[identifier] = shadowed;
        }
    }

    /// <summary>Reads a label as the number of blocks between it and here.</summary>
    public uint Use(TokenReader reader)
    {
        if (!reader.IsIdentifier)
        {
            return (uint)reader.TakeUnsigned(uint.MaxValue, "constant out of range");
        }

        Token token = reader.Current;
        return reader.TryTakeIdentifier() is string identifier && _levels.TryGetValue(identifier, out int level)
            ? (uint)(_open.Count - 1 - level)
            : throw reader.Fault($"unknown label {reader.Show(token)}", token);
    }

    /// <summary>Reads the identifier that may repeat that of the innermost block.</summary>
    public void CheckRepeated(TokenReader reader)
    {
        Token token = reader.Current;
        if (reader.TryTakeIdentifier() is string identifier && identifier != _open[^1].Identifier)
        {
            throw reader.Fault($"mismatching label {reader.Show(token)}", token);
        }
    }
}
