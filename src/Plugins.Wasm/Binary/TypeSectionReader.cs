using Plugins.Wasm.Features;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <summary>Reads the type section: groups of types, found among those of the process or added to them.</summary>
/// <remarks>
/// Indices without a type, and wrong supertypes, make a module invalid, not malformed: the first is remembered.
/// WebAssembly 3.0, section 5.5.5.
/// </remarks>
internal sealed class TypeSectionReader
{
    private const byte FunctionForm = 0x60;
    private const byte StructureForm = 0x5F;
    private const byte ArrayForm = 0x5E;
    private const byte SubForm = 0x50;
    private const byte FinalSubForm = 0x4F;
    private const byte GroupForm = 0x4E;

    private readonly ModuleLimits _limits;
    private readonly CancellationToken _cancellationToken;
    private readonly TypeStructure _structure = new();
    private readonly List<DefinedType> _types = [];
    private readonly HashSet<DefinedType> _mentioned = [];
    private int[] _depths = new int[1];
    private int _groupSize;
    private bool _hasObjectForms;

    public TypeSectionReader(ModuleLimits limits, CancellationToken cancellationToken)
    {
        _limits = limits;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The first thing in the section that is not valid, or null.</summary>
    public InvalidModuleException? FirstInvalid { get; private set; }

    public ModuleTypes Read(ref ModuleReader reader)
    {
        int groups = reader.ReadCount(nameof(ModuleLimits.Types), _limits.Types);
        for (int i = 0; i < groups; i++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            ReadGroup(ref reader);
        }

        return new ModuleTypes(_types.ToArray()) { HasObjectForms = _hasObjectForms };
    }

    private void ReadGroup(ref ModuleReader reader)
    {
        int offset = reader.Position;
        _structure.Clear();
        _mentioned.Clear();
        _groupSize = 1;
        byte form = reader.PeekByte();
        if (form == GroupForm)
        {
            _hasObjectForms = true;
            reader.Skip(1);
            _groupSize = reader.ReadCount(nameof(ModuleLimits.Types), _limits.Types, _types.Count);
            _depths = _depths.Length < _groupSize ? new int[_groupSize] : _depths;
        }
        else if (_types.Count == _limits.Types)
        {
            throw new ModuleLimitException(nameof(ModuleLimits.Types), _limits.Types, _limits.Types + 1L, offset);
        }

        for (int i = 0; i < _groupSize; i++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            ReadType(ref reader, i);
        }

        if (_groupSize == 0)
        {
            return;
        }

        RecursionGroup group = TypeRegistry.Find(_structure, [.. _mentioned])
            ?? throw new ModuleLimitException(
                nameof(ModuleLimits.Types), ValueCodes.NumberLimit, ValueCodes.NumberLimit + 1L, offset);
        foreach (DefinedType type in group.Types)
        {
            _types.Add(type);
            if (type.Supertypes.Length > 0 && !Subtyping.MayDerive(type, type.Supertypes[^1]))
            {
                FirstInvalid ??= new InvalidModuleException($"sub type {_types.Count - 1} does not match", offset);
            }
        }
    }

    // Section 5.3.10 (recursive types).
    private void ReadType(ref ModuleReader reader, int place)
    {
        int offset = reader.Position;
        byte form = reader.ReadByte();
        bool isDerivable = form is SubForm or FinalSubForm;
        uint flags = form == SubForm ? 0 : TypeStructure.IsFinal;
        ValueCode supertype = default;
        _depths[place] = 0;
        _hasObjectForms |= form != FunctionForm;
        if (isDerivable)
        {
            uint supertypes = reader.ReadUInt32();
            if (supertypes > 1)
            {
                throw new MalformedModuleException("malformed sub type", offset);
            }

            if (supertypes == 1)
            {
                supertype = ReadSupertype(ref reader, place);
                flags |= supertype == default ? 0 : TypeStructure.HasSupertype;
            }

            offset = reader.Position;
            form = reader.ReadByte();
        }

        switch (form)
        {
            case FunctionForm:
                Begin(TypeForm.Function, flags, supertype);
                ReadValueTypes(ref reader, nameof(ModuleLimits.Parameters), _limits.Parameters);
                ReadValueTypes(ref reader, nameof(ModuleLimits.Results), _limits.Results);
                break;
            case StructureForm:
                    Begin(TypeForm.Structure, flags, supertype);
                ReadFields(ref reader);
                break;
            case ArrayForm:
                    Begin(TypeForm.Array, flags, supertype);
                ReadField(ref reader);
                break;
            default:
                throw ModuleReader.Refusal(ForeignConstruct.OfTypeForm(form), "malformed function type", offset);
        }
    }

    private void Begin(TypeForm form, uint flags, ValueCode supertype)
    {
        _structure.Add((uint)form | flags);
        if ((flags & TypeStructure.HasSupertype) != 0)
        {
            _structure.Add((uint)supertype);
        }
    }

    // It must have been defined before this type, in the group or earlier (section 3.2.13).
    private ValueCode ReadSupertype(ref ModuleReader reader, int place)
    {
        int offset = reader.Position;
        int index = reader.ReadIndex();
        if (index >= _types.Count + place)
        {
            FirstInvalid ??= new InvalidModuleException($"unknown type {index}", offset);
            return default;
        }

        ValueCode code = Resolve(ValueCodes.Of(index, ValueCodes.NullableDefined), offset);
        _depths[place] = 1 + (code.IsInGroup ? _depths[code.Number] : _types[index].Supertypes.Length);
        return _depths[place] <= _limits.SubtypingDepth
            ? code
            : throw new ModuleLimitException(
                nameof(ModuleLimits.SubtypingDepth), _limits.SubtypingDepth, _depths[place], offset);
    }

    private void ReadValueTypes(ref ModuleReader reader, string limit, int allowed)
    {
        int count = reader.ReadCount(limit, allowed);
        _structure.Add((uint)count);
        for (int i = 0; i < count; i++)
        {
            int offset = reader.Position;
            _structure.Add((uint)Resolve(reader.ReadValueType(), offset));
        }
    }

    private void ReadFields(ref ModuleReader reader)
    {
        int count = reader.ReadCount(nameof(ModuleLimits.Fields), _limits.Fields);
        _structure.Add((uint)count);
        for (int i = 0; i < count; i++)
        {
            ReadField(ref reader);
        }
    }

    private void ReadField(ref ModuleReader reader)
    {
        int offset = reader.Position;
        ValueCode packed = (ValueCode)reader.PeekByte();
        if (packed is ValueCode.I8 or ValueCode.I16)
        {
            reader.Skip(1);
            _structure.Add((uint)packed);
        }
        else
        {
            _structure.Add((uint)Resolve(reader.ReadValueType(), offset));
        }

        offset = reader.Position;
        byte mutability = reader.ReadByte();
        _structure.Add(
            mutability <= 1 ? mutability : throw new MalformedModuleException("malformed mutability", offset));
    }

    // An index becomes the number of its type, or its place in this group.
    private ValueCode Resolve(ValueCode code, int offset)
    {
        if (!code.HasDefinition)
        {
            return code;
        }

        int index = code.Number;
        if (index < _types.Count)
        {
            DefinedType type = _types[index];
            _mentioned.Add(type);
            return type.Code(code.HasDefault);
        }

        if (index - _types.Count < _groupSize)
        {
            return ValueCodes.Of(
                index - _types.Count, code.HasDefault ? ValueCodes.NullableInGroup : ValueCodes.InGroup);
        }

        FirstInvalid ??= new InvalidModuleException($"unknown type {index}", offset);
        return ValueCode.AnyRef;
    }
}
