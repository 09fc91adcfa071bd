using System.Collections.Immutable;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>Finds which features of WebAssembly 2.0 a valid module uses that the first version lacked.</summary>
/// <remarks>One pass over the code. WebAssembly 2.0, appendix, "Change History".</remarks>
internal sealed class UsedFeatures
{
    private const string BulkMemory = "bulk-memory";
    private const string MultiValue = "multi-value";
    private const string MutableGlobals = "mutable-globals";
    private const string SaturatingConversion = "nontrapping-fptoint";
    private const string ReferenceTypes = "reference-types";
    private const string SignExtension = "sign-ext";

    private readonly BinaryModule _module;
    private readonly SortedSet<string> _found = new(StringComparer.Ordinal);

    private UsedFeatures(BinaryModule module) => _module = module;

    /// <summary>The features' names, as toolchains and manifests have them, in order.</summary>
    public static ImmutableArray<string> Find(BinaryModule module)
    {
        UsedFeatures features = new(module);
        features.AddTypes();
        features.AddItems();
        features.AddSegments();
        foreach (FunctionBody body in module.Bodies)
        {
            features.AddBody(body);
        }

        return [.. features._found];
    }

    private void AddTypes()
    {
        foreach (FunctionType type in _module.Types)
        {
            AddIf(MultiValue, type.Results.Length > 1);
            AddIf(ReferenceTypes, type.Parameters.Any(IsReference) || type.Results.Any(IsReference));
        }
    }

    private void AddItems()
    {
        AddIf(MutableGlobals, _module.Imports.Any(import => import.Type is GlobalType { IsMutable: true }));
        AddIf(MutableGlobals, _module.Exports.Any(export => export.Type is GlobalType { IsMutable: true }));
        AddIf(ReferenceTypes, _module.Globals.Any(global => IsReference(global.Value)));
        AddIf(ReferenceTypes, _module.Tables.Length > 1);
        AddIf(ReferenceTypes, _module.Tables.Any(table => table.Element == ValueKind.ExternRef));
    }

    private void AddSegments()
    {
        AddIf(BulkMemory, _module.DataCount is not null);
        AddIf(BulkMemory, _module.Data.Any(segment => segment.Mode == SegmentMode.Passive));
        AddIf(BulkMemory, _module.Elements.Any(segment => segment.Mode == SegmentMode.Passive));
        AddIf(ReferenceTypes, _module.Elements.Any(segment =>
            segment.Mode == SegmentMode.Declarative || segment.Kind == ValueKind.ExternRef));
    }

    private void AddBody(FunctionBody body)
    {
        AddIf(ReferenceTypes, body.Locals.Any(group => IsReference(group.Kind)));
        CodeReader code = new(_module, body);
        while (code.Read(out Instruction instruction))
        {
            code.SkipTargets(instruction);
            if (FeatureOf(instruction) is string feature)
            {
                _found.Add(feature);
            }
        }
    }

    private static string? FeatureOf(in Instruction instruction) => instruction.Opcode switch
    {
        Opcode.Block or Opcode.Loop or Opcode.If => FeatureOf(instruction.BlockType),
        Opcode.CallIndirect when instruction.SecondIndex != 0 => ReferenceTypes,
        Opcode.SelectTyped or Opcode.RefNull or Opcode.RefIsNull or Opcode.RefFunc => ReferenceTypes,
        Opcode.TableGet or Opcode.TableSet => ReferenceTypes,
        >= Opcode.TableGrow and <= Opcode.TableFill => ReferenceTypes,
        >= Opcode.I32Extend8S and <= Opcode.I64Extend32S => SignExtension,
        >= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U => SaturatingConversion,
        >= Opcode.MemoryInit and <= Opcode.TableCopy => BulkMemory,
        _ => null,
    };

    private static string? FeatureOf(BlockType type) =>
        type.TypeIndex >= 0 ? MultiValue : IsReference(type.Result) ? ReferenceTypes : null;

    private static bool IsReference(ValueKind kind) => kind is ValueKind.FuncRef or ValueKind.ExternRef;

    private void AddIf(string feature, bool isUsed)
    {
        if (isUsed)
        {
            _found.Add(feature);
        }
    }
}
