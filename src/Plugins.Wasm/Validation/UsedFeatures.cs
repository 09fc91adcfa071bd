using System.Collections.ObjectModel;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Features;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>Finds which features a valid module uses that WebAssembly's first version lacked.</summary>
/// <remarks>
/// One pass over the code. Decoding and validation know of no switches: each rule is there once, and a feature that is
/// off is refused by its first use. WebAssembly 3.0, appendix, "Change History".
/// </remarks>
internal sealed class UsedFeatures
{
    private readonly BinaryModule _module;
    private readonly SortedDictionary<string, FeatureUse> _found = new(StringComparer.Ordinal);

    private UsedFeatures(BinaryModule module) => _module = module;

    /// <summary>The names of all features that decoding and validation let pass.</summary>
    /// <remarks>One that joins them is found in modules below, and has cases in the engines' tests.</remarks>
    public static IReadOnlySet<string> Known { get; } = NamesOf(
        WasmFeature.BulkMemory,
        WasmFeature.MultiValue,
        WasmFeature.MutableGlobals,
        WasmFeature.ReferenceTypes,
        WasmFeature.RelaxedSimd,
        WasmFeature.SaturatingConversion,
        WasmFeature.SignExtension,
        WasmFeature.Simd);

    /// <summary>The features' names, as toolchains and manifests have them, in order.</summary>
    public static string[] Find(BinaryModule module) => [.. Scan(module).Keys];

    /// <summary>Refuses a valid module for an engine that has fewer features than are known here.</summary>
    /// <exception cref="UnsupportedFeatureException">The module uses one that is not among them.</exception>
    public static void ThrowIfOutside(BinaryModule module, IReadOnlySet<string> features, ModuleLimits limits)
    {
        if (features != Known && !features.IsSupersetOf(Known))
        {
            foreach ((string name, FeatureUse use) in Scan(module))
            {
                if (!features.Contains(name))
                {
                    throw use.Refuse(module, limits);
                }
            }
        }
    }

    private static ReadOnlySet<string> NamesOf(params ReadOnlySpan<WasmFeature> features)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (WasmFeature feature in features)
        {
            names.Add(feature.Name);
        }

        return new ReadOnlySet<string>(names);
    }

    private static SortedDictionary<string, FeatureUse> Scan(BinaryModule module)
    {
        UsedFeatures features = new(module);
        features.AddTypes();
        features.AddItems();
        features.AddSegments();
        int imported = module.FunctionTypeIndices.Length - module.Bodies.Length;
        for (int index = 0; index < module.Bodies.Length; index++)
        {
            features.AddBody(module.Bodies[index], imported + index);
        }

        return features._found;
    }

    private void AddTypes()
    {
        foreach (FunctionType type in _module.Types)
        {
            AddIf(type.Results.Length > 1, WasmFeature.MultiValue, SectionId.Type);
            foreach (ValueCode code in type.ParameterCodes.Concat(type.ResultCodes))
            {
                AddReference(code, SectionId.Type);
            }
        }
    }

    private void AddItems()
    {
        bool imports = _module.Imports.Any(import => import.Type is GlobalType { IsMutable: true });
        AddIf(imports, WasmFeature.MutableGlobals, SectionId.Import);
        bool exports = _module.Exports.Any(export => export.Type is GlobalType { IsMutable: true });
        AddIf(exports, WasmFeature.MutableGlobals, SectionId.Export);
        foreach (GlobalType global in _module.Globals)
        {
            AddReference(global.Code, SectionId.Global);
        }

        AddIf(_module.Tables.Length > 1, WasmFeature.ReferenceTypes, SectionId.Table);
        foreach (TableType table in _module.Tables)
        {
            AddElements(table.Code, SectionId.Table);
        }
    }

    private void AddSegments()
    {
        AddIf(_module.DataCount is not null, WasmFeature.BulkMemory, SectionId.DataCount);
        bool data = _module.Data.Any(segment => segment.Mode == SegmentMode.Passive);
        AddIf(data, WasmFeature.BulkMemory, SectionId.Data);
        bool elements = _module.Elements.Any(segment => segment.Mode == SegmentMode.Passive);
        AddIf(elements, WasmFeature.BulkMemory, SectionId.Element);
        bool declarations = _module.Elements.Any(segment => segment.Mode == SegmentMode.Declarative);
        AddIf(declarations, WasmFeature.ReferenceTypes, SectionId.Element);
        foreach (ElementSegment segment in _module.Elements)
        {
            AddElements(segment.Code, SectionId.Element);
        }
    }

    private void AddBody(FunctionBody body, int function)
    {
        foreach (LocalGroup group in body.Locals)
        {
            if (FeatureOf(group.Code) is WasmFeature feature)
            {
                Add(new FeatureUse(feature, SectionId.Code, body.Start, function));
            }
        }

        CodeReader code = new(_module, body);
        while (code.Read(out Instruction instruction))
        {
            code.SkipTargets(instruction);
            if (FeatureOf(instruction) is WasmFeature feature)
            {
                Add(new FeatureUse(feature, SectionId.Code, instruction.Offset, function));
            }
        }
    }

    private static WasmFeature? FeatureOf(in Instruction instruction) => instruction.Opcode switch
    {
        Opcode.SelectTyped or Opcode.RefNull => FeatureOf(instruction.Code) ?? WasmFeature.ReferenceTypes,
        Opcode.Block or Opcode.Loop or Opcode.If => FeatureOf(instruction.BlockType),
        Opcode.CallIndirect when instruction.SecondIndex != 0 => WasmFeature.ReferenceTypes,
        Opcode.RefIsNull or Opcode.RefFunc => WasmFeature.ReferenceTypes,
        Opcode.TableGet or Opcode.TableSet => WasmFeature.ReferenceTypes,
        >= Opcode.TableGrow and <= Opcode.TableFill => WasmFeature.ReferenceTypes,
        >= Opcode.I32Extend8S and <= Opcode.I64Extend32S => WasmFeature.SignExtension,
        >= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U => WasmFeature.SaturatingConversion,
        >= Opcode.MemoryInit and <= Opcode.TableCopy => WasmFeature.BulkMemory,
        >= Opcode.I8x16RelaxedSwizzle => WasmFeature.RelaxedSimd,
        >= Opcode.V128Load => WasmFeature.Simd,
        _ => null,
    };

    private static WasmFeature? FeatureOf(BlockType type) =>
        type.TypeIndex >= 0 ? WasmFeature.MultiValue : FeatureOf(type.Result);

    private static WasmFeature? FeatureOf(ValueCode code) =>
        code == ValueCode.V128 ? WasmFeature.Simd
        : !code.IsReference ? null
        : code is ValueCode.FuncRef or ValueCode.ExternRef ? WasmFeature.ReferenceTypes
        : WasmFeature.FunctionReferences;

    private void AddReference(ValueCode code, SectionId section)
    {
        if (FeatureOf(code) is WasmFeature feature)
        {
            Add(new FeatureUse(feature, section));
        }
    }

    // Functions in tables are as old as WebAssembly, and lists of their indices have a type without null by now.
    private void AddElements(ValueCode code, SectionId section)
    {
        if (code is not (ValueCode.FuncRef or ValueCode.NonNullFuncRef))
        {
            AddReference(code, section);
        }
    }

    private void AddIf(bool isUsed, WasmFeature feature, SectionId section)
    {
        if (isUsed)
        {
            Add(new FeatureUse(feature, section));
        }
    }

    private void Add(FeatureUse use) => _found.TryAdd(use.Feature.Name, use);
}
