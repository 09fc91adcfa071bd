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
    // The flag of an access that has a memory index.
    private const int WithIndex = 0x40;

    private readonly BinaryModule _module;
    private readonly SortedDictionary<string, FeatureUse> _found = new(StringComparer.Ordinal);

    private UsedFeatures(BinaryModule module) => _module = module;

    /// <summary>The names of all features that decoding and validation let pass.</summary>
    /// <remarks>One that joins them is found in modules below, and has cases in the engines' tests.</remarks>
    public static IReadOnlySet<string> Known { get; } = NamesOf(
        WasmFeature.BulkMemory,
        WasmFeature.CustomPageSizes,
        WasmFeature.ExceptionHandling,
        WasmFeature.ExtendedConst,
        WasmFeature.FunctionReferences,
        WasmFeature.GarbageCollection,
        WasmFeature.LegacyExceptions,
        WasmFeature.Memory64,
        WasmFeature.MultiMemory,
        WasmFeature.MultiValue,
        WasmFeature.MutableGlobals,
        WasmFeature.ReferenceTypes,
        WasmFeature.RelaxedSimd,
        WasmFeature.SaturatingConversion,
        WasmFeature.SignExtension,
        WasmFeature.Simd,
        WasmFeature.TailCall,
        WasmFeature.WideArithmetic);

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
        features.AddConstants();
        int imported = module.FunctionTypeIndices.Length - module.Bodies.Length;
        for (int index = 0; index < module.Bodies.Length; index++)
        {
            features.AddBody(module.Bodies[index], imported + index);
        }

        return features._found;
    }

    private void AddTypes()
    {
        AddIf(_module.Definitions.HasObjectForms, WasmFeature.GarbageCollection, SectionId.Type);
        foreach (FunctionType? type in _module.Definitions.Functions)
        {
            if (type is null)
            {
                continue;
            }

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

        AddIf(_module.Memories.Length > 1, WasmFeature.MultiMemory, SectionId.Memory);
        bool longMemories = _module.Memories.Any(memory => memory.NeedsMemory64);
        AddIf(longMemories, WasmFeature.Memory64, SectionId.Memory);
        bool longTables = _module.Tables.Any(table => table.NeedsMemory64);
        AddIf(longTables, WasmFeature.Memory64, SectionId.Table);
        bool pages = _module.Memories.Any(memory => memory.StatesPageSize);
        AddIf(pages, WasmFeature.CustomPageSizes, SectionId.Memory);
        AddIf(_module.Tables.Length > 1, WasmFeature.ReferenceTypes, SectionId.Table);
        foreach (TableType table in _module.Tables)
        {
            AddElements(table.Code, SectionId.Table);
        }

        AddIf(_module.Tags.Length > _module.ImportedTagCount, WasmFeature.ExceptionHandling, SectionId.Tag);
        AddIf(_module.ImportedTagCount > 0, WasmFeature.ExceptionHandling, SectionId.Import);

        // Where a table has none of its own, it has the null that stands nowhere in the module.
        bool initializers = Array.Exists(
            _module.TableInitializers,
            initializer => initializer.Opcode != Opcode.RefNull
                || _module.Bytes[initializer.Offset] == (byte)Opcode.RefNull);
        AddIf(initializers, WasmFeature.FunctionReferences, SectionId.Table);
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

    private void AddConstants()
    {
        foreach (ConstantExpression initializer in _module.GlobalInitializers)
        {
            AddConstant(initializer, SectionId.Global);
        }

        foreach (ElementSegment segment in _module.Elements)
        {
            AddConstant(segment.TableOffset, SectionId.Element);
            foreach (ConstantExpression item in segment.Items)
            {
                AddConstant(item, SectionId.Element);
            }
        }

        foreach (DataSegment segment in _module.Data)
        {
            AddConstant(segment.MemoryOffset, SectionId.Data);
        }
    }

    // That constants may read the module's own globals came with a later proposal, but has no switch in toolchains.
    private void AddConstant(in ConstantExpression expression, SectionId section)
    {
        bool readsOwn = expression.Opcode == Opcode.GlobalGet
            && expression.Bits >= (ulong)_module.ImportedGlobalCount;
        if (readsOwn)
        {
            Add(new FeatureUse(WasmFeature.ExtendedConst, section, expression.Offset));
        }

        if (expression.IsSequence)
        {
            AddSequence(expression, section);
        }
    }

    private void AddSequence(in ConstantExpression expression, SectionId section)
    {
        CodeReader code = expression.Read(_module);
        while (code.Read(out Instruction instruction))
        {
            WasmFeature? feature = OpcodeTable.IsOfObjects(instruction.Opcode) ? WasmFeature.GarbageCollection
                : OpcodeTable.Get(instruction.Opcode).OperandCount == 2 ? WasmFeature.ExtendedConst
                : null;
            if (feature is not null)
            {
                Add(new FeatureUse(feature, section, instruction.Offset));
            }
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
            AddAt(FeatureOf(instruction), instruction, function);
            AddAt(EncodesMemory(instruction, code.Position) ? WasmFeature.MultiMemory : null, instruction, function);
            AddAt(EncodesLongOffset(instruction) ? WasmFeature.Memory64 : null, instruction, function);
        }
    }

    private void AddAt(WasmFeature? feature, in Instruction instruction, int function)
    {
        if (feature is not null)
        {
            Add(new FeatureUse(feature, SectionId.Code, instruction.Offset, function));
        }
    }

    private static WasmFeature? FeatureOf(in Instruction instruction) => instruction.Opcode switch
    {
        Opcode.Try or Opcode.Catch or Opcode.CatchAll or Opcode.Rethrow or Opcode.Delegate =>
            WasmFeature.LegacyExceptions,
        Opcode.RefEq or (>= Opcode.StructNew and <= Opcode.I31GetU) => WasmFeature.GarbageCollection,
        Opcode.TryTable or Opcode.ThrowRef => WasmFeature.ExceptionHandling,
        Opcode.CallRef or (>= Opcode.RefAsNonNull and <= Opcode.BrOnNonNull) => WasmFeature.FunctionReferences,
        Opcode.SelectTyped or Opcode.RefNull => FeatureOf(instruction.Code) ?? WasmFeature.ReferenceTypes,
        Opcode.Block or Opcode.Loop or Opcode.If => FeatureOf(instruction.BlockType),
        >= Opcode.I64Add128 and <= Opcode.I64MulWideU => WasmFeature.WideArithmetic,
        Opcode.ReturnCall or Opcode.ReturnCallIndirect or Opcode.ReturnCallRef => WasmFeature.TailCall,
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

    /// <summary>Whether memory 0 is named as only several memories allow: otherwise it is a zero byte.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="end">Where it ends.</param>
    private bool EncodesMemory(in Instruction instruction, int end)
    {
        byte[] bytes = _module.Bytes;
        return instruction.Opcode switch
        {
            Opcode.MemorySize or Opcode.MemoryGrow or Opcode.MemoryFill or Opcode.MemoryInit =>
                bytes.AsSpan()[(end - 2)..end] is not [< 0x80, 0],
            Opcode.MemoryCopy => bytes.AsSpan()[(end - 3)..end] is not [< 0x80, 0, 0],
            _ => IsAccess(instruction) && (BehindOpcode(instruction).ReadUInt32() & WithIndex) != 0,
        };
    }

    /// <summary>Whether the offset of an access is written with more bytes than a number of 32 bits may have.</summary>
    private bool EncodesLongOffset(in Instruction instruction)
    {
        const int Longest = 5;
        if (!IsAccess(instruction))
        {
            return false;
        }

        ModuleReader reader = BehindOpcode(instruction);
        if ((reader.ReadUInt32() & WithIndex) != 0)
        {
            reader.ReadUInt32();
        }

        int start = reader.Position;
        reader.ReadUInt64();
        return reader.Position - start > Longest;
    }

    private static bool IsAccess(in Instruction instruction) => OpcodeTable.Get(instruction.Opcode).AccessBytes > 0;

    private ModuleReader BehindOpcode(in Instruction instruction)
    {
        ModuleReader reader = new(_module.Bytes, instruction.Offset + 1);
        if ((int)instruction.Opcode > byte.MaxValue)
        {
            // The number behind a prefix.
            reader.ReadUInt32();
        }

        return reader;
    }

    private static WasmFeature? FeatureOf(BlockType type) =>
        type.TypeIndex >= 0 ? WasmFeature.MultiValue : FeatureOf(type.Result);

    private static WasmFeature? FeatureOf(ValueCode code) =>
        code == ValueCode.V128 ? WasmFeature.Simd
        : !code.IsReference ? null
        : code is ValueCode.FuncRef or ValueCode.ExternRef ? WasmFeature.ReferenceTypes
        : code.Kind == ValueKind.ExnRef ? WasmFeature.ExceptionHandling
        : code.Kind == ValueKind.AnyRef ? WasmFeature.GarbageCollection
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
