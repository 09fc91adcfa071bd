using System.Text;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Parameters and results of a function type, as the binary format writes them.</summary>
internal sealed class Signature
{
    private const byte FunctionForm = 0x60;

    public SectionWriter Parameters { get; } = new();

    public SectionWriter Results { get; } = new();

    public bool IsEmpty => Parameters.Count == 0 && Results.Count == 0;

    public bool IsSameAs(Signature other) =>
        Parameters.Count == other.Parameters.Count
        && Results.Count == other.Results.Count
        && Parameters.Bytes.Written.SequenceEqual(other.Parameters.Bytes.Written)
        && Results.Bytes.Written.SequenceEqual(other.Results.Bytes.Written);

    public void WriteTo(ByteWriter output)
    {
        output.Byte(FunctionForm);
        Parameters.WriteTo(output);
        Results.WriteTo(output);
    }

    /// <summary>Its bytes, as a key.</summary>
    public string Encode()
    {
        var bytes = new ByteWriter();
        WriteTo(bytes);
        return Encoding.Latin1.GetString(bytes.Written);
    }
}
