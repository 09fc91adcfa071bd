using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Parameters and locals of a function. WebAssembly 3.0, section 6.6.4.</summary>
internal sealed class LocalScope
{
    private readonly IndexSpace _space = new("local");

    public SectionWriter Names { get; } = new();

    public void AddNamed(TokenReader reader)
    {
        uint index = _space.Count;
        if (_space.Declare(reader) is string name)
        {
            NameSectionWriter.AddTo(Names, index, name);
        }
    }

    public void AddUnnamed(uint count) => _space.Declare(count);

    public uint Use(TokenReader reader) => _space.Use(reader);
}
