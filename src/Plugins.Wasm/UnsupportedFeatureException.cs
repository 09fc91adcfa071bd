using System.Globalization;
using Plugins.Wasm.Features;

namespace Plugins.Wasm;

/// <summary>The module uses a proposal that this engine does not have, or that was switched off.</summary>
/// <remarks>
/// Whatever else is wrong with the module was not looked for. Immutable and safe for use by many threads.
/// </remarks>
public sealed class UnsupportedFeatureException : WasmException
{
    private readonly ForeignConstruct _found;

    internal UnsupportedFeatureException(ForeignConstruct found, int offset, int? functionIndex = null)
        : base(Describe(found, offset, functionIndex))
    {
        _found = found;
        Offset = offset;
        FunctionIndex = functionIndex;
    }

    /// <summary>The feature by the name that toolchains and manifests use, such as <c>simd128</c>.</summary>
    public string Feature => _found.Feature.Name;

    /// <summary>The proposal's name, for people.</summary>
    public string Proposal => _found.Feature.Proposal;

    /// <summary>The part of it that was found, such as an instruction or a type.</summary>
    public string Construct => _found.Name;

    /// <summary>Advice for building the module without it, in a sentence.</summary>
    public string Remedy => _found.Feature.Remedy;

    /// <summary>Offset of the construct, in bytes from the start of the module.</summary>
    public int Offset { get; }

    /// <summary>The function in whose body it stands, imported functions counted.</summary>
    /// <value>Null outside of bodies.</value>
    public int? FunctionIndex { get; }

    internal UnsupportedFeatureException InFunction(int index) => new(_found, Offset, index);

    private static string Describe(ForeignConstruct found, int offset, int? functionIndex)
    {
        string place = functionIndex is int index
            ? string.Create(CultureInfo.InvariantCulture, $" in function {index}")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Unsupported feature {found.Feature.Name} ({found.Feature.Proposal}): "
            + $"{found.Name} at byte {offset}{place}. {found.Feature.Remedy}");
    }
}
