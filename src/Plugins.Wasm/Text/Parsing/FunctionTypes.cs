using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>The function types of a module, and those that its functions use without having declared them.</summary>
/// <remarks>WebAssembly 3.0, section 6.4.9: one that is declared is used, else one is declared at the end.</remarks>
internal sealed class FunctionTypes
{
    private readonly Dictionary<string, uint> _byEncoding = new(StringComparer.Ordinal);
    private readonly List<Signature?> _all = [];

    /// <summary>Adds a declared type, null where it is no function type.</summary>
    /// <param name="signature">The type.</param>
    /// <param name="canBeImplied">Whether it stands alone, without a supertype: what is implied is such a type.</param>
    public void Add(Signature? signature, bool canBeImplied)
    {
        if (canBeImplied && signature is not null)
        {
            _byEncoding.TryAdd(signature.Encode(), (uint)_all.Count);
        }

        _all.Add(signature);
    }

    /// <summary>The type of an index, or null where there is none or it is no function type.</summary>
    public Signature? Find(uint index) => index < (uint)_all.Count ? _all[(int)index] : null;

    public bool Exists(uint index) => index < (uint)_all.Count;

    /// <summary>The index of a type, declared in <paramref name="section"/> where it is not yet.</summary>
    public uint Imply(Signature signature, SectionWriter section)
    {
        string encoding = signature.Encode();
        if (!_byEncoding.TryGetValue(encoding, out uint index))
        {
            index = (uint)_all.Count;
            _byEncoding.Add(encoding, index);
            _all.Add(signature);
            section.Count++;
            signature.WriteTo(section.Bytes);
        }

        return index;
    }
}
