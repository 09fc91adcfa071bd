using Plugins.Wasm.Binary;
using Plugins.Wasm.Binary.Sections;
using Plugins.Wasm.Features;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>The first place where a valid module uses a feature.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Section">The section that it is used in.</param>
/// <param name="Offset">Where in the module; null where only the section is known.</param>
/// <param name="Function">The function whose body it is in, imported ones counted.</param>
internal readonly record struct FeatureUse(
    WasmFeature Feature, SectionId Section, int? Offset = null, int? Function = null)
{
    /// <summary>The refusal by an engine that lacks the feature.</summary>
    public UnsupportedFeatureException Refuse(BinaryModule module, ModuleLimits limits)
    {
        int offset = Offset ?? OffsetOfSection(module, limits);
        string name = Function is null ? $"its use in the {Section} section" : "an instruction or a local of it";
        return new UnsupportedFeatureException(new ForeignConstruct(Feature, name), offset, Function);
    }

    // Tables and globals may have no section: they are imported then.
    private int OffsetOfSection(BinaryModule module, ModuleLimits limits)
    {
        SectionId own = Section;
        return SectionList.Read(module.Bytes, limits)
            .Where(section => section.Id == own || section.Id == SectionId.Import)
            .OrderByDescending(section => section.Id == own)
            .First().Offset;
    }
}
