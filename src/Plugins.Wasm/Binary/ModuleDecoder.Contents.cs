using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <content>The sections with contents: segments, bodies and constant expressions.</content>
internal ref partial struct ModuleDecoder
{
    // Section 5.5.12.
    private void ReadElements()
    {
        _elements = new ElementSegment[
            _reader.ReadCount(nameof(ModuleLimits.ElementSegments), _limits.ElementSegments)];
        for (int i = 0; i < _elements.Length; i++)
        {
            ThrowIfCancelled();
            _elements[i] = ReadElementSegment();
        }
    }

    private ElementSegment ReadElementSegment()
    {
        const uint Inactive = 1, Explicit = 2, Expressions = 4;
        int offset = _reader.Position;
        uint flags = _reader.ReadUInt32();
        if (flags > (Inactive | Explicit | Expressions))
        {
            throw new MalformedModuleException("malformed elements segment kind", offset);
        }

        bool isActive = (flags & Inactive) == 0;
        bool isExplicit = (flags & Explicit) != 0;
        bool hasExpressions = (flags & Expressions) != 0;
        SegmentMode mode = isActive ? SegmentMode.Active : isExplicit ? SegmentMode.Declarative : SegmentMode.Passive;
        uint table = isActive && isExplicit ? _reader.ReadUInt32() : 0;
        ConstantExpression tableOffset = isActive ? ReadConstant() : default;
        ValueCode code = isActive && !isExplicit
            ? hasExpressions ? ValueCode.FuncRef : ValueCode.NonNullFuncRef
            : hasExpressions ? Known(_reader.ReadReferenceType(), offset) : ReadElementKind();
        return new ElementSegment(mode, code, table, tableOffset, ReadElementItems(hasExpressions), offset);
    }

    private ValueCode ReadElementKind()
    {
        int offset = _reader.Position;
        return _reader.ReadByte() == 0
            ? ValueCode.NonNullFuncRef
            : throw new MalformedModuleException("malformed element kind", offset);
    }

    private ConstantExpression[] ReadElementItems(bool hasExpressions)
    {
        int count = _reader.ReadCount(nameof(ModuleLimits.TableElements), _limits.TableElements, _elementItems);
        _elementItems += count;
        ConstantExpression[] items = new ConstantExpression[count];
        for (int i = 0; i < count; i++)
        {
            ThrowIfCancelled();
            items[i] = hasExpressions ? ReadConstant() : ReadFunctionItem();
        }

        return items;
    }

    private ConstantExpression ReadFunctionItem()
    {
        int offset = _reader.Position;
        return new ConstantExpression(Opcode.RefFunc, _reader.ReadUInt32(), ValueCode.NonNullFuncRef, offset);
    }

    // Section 5.5.15.
    private void ReadDataCount()
    {
        int offset = _reader.Position;
        uint count = _reader.ReadUInt32();
        _dataCount = count <= (uint)_limits.DataSegments
            ? (int)count
            : throw new ModuleLimitException(nameof(ModuleLimits.DataSegments), _limits.DataSegments, count, offset);
    }

    // Section 5.5.14.
    private void ReadData()
    {
        _data = new DataSegment[_reader.ReadCount(nameof(ModuleLimits.DataSegments), _limits.DataSegments)];
        for (int i = 0; i < _data.Length; i++)
        {
            ThrowIfCancelled();
            _data[i] = ReadDataSegment();
        }
    }

    private DataSegment ReadDataSegment()
    {
        const uint Active = 0, Passive = 1, ActiveExplicit = 2;
        int offset = _reader.Position;
        uint flags = _reader.ReadUInt32();
        if (flags > ActiveExplicit)
        {
            throw new MalformedModuleException("malformed data segment kind", offset);
        }

        SegmentMode mode = flags == Passive ? SegmentMode.Passive : SegmentMode.Active;
        uint memory = flags == ActiveExplicit ? _reader.ReadUInt32() : Active;
        ConstantExpression memoryOffset = mode == SegmentMode.Active ? ReadConstant() : default;
        int length = _reader.ReadLength();
        int start = _reader.Position;
        _reader.Skip(length);
        return new DataSegment(mode, memory, memoryOffset, start, length, offset);
    }

    // Section 5.5.13.
    private void ReadBodies()
    {
        int count = _reader.ReadCount(nameof(ModuleLimits.Functions), _limits.Functions, _importedFunctions);
        _bodies = new FunctionBody[count];
        for (int i = 0; i < count; i++)
        {
            ThrowIfCancelled();
            _bodies[i] = ReadBody(_importedFunctions + i);
        }
    }

    // Zero where the type is unknown, which is reported in the end.
    private readonly int ParameterCountOf(int function) =>
        function < _functions.Count && _functions[function] < _types.Count
            ? _types.Functions[_functions[function]]?.ParameterCodes.Length ?? 0
            : 0;

    private FunctionBody ReadBody(int function)
    {
        int offset = _reader.Position;
        int length = _reader.ReadLength();
        if (length > _limits.FunctionBodyBytes)
        {
            throw new ModuleLimitException(
                nameof(ModuleLimits.FunctionBodyBytes), _limits.FunctionBodyBytes, length, offset);
        }

        int end = _reader.Position + length;
        LocalGroup[] locals = ReadLocals(function);
        int start = _reader.Position;
        if (start > end)
        {
            throw new MalformedModuleException("section size mismatch", offset);
        }

        _reader.MoveTo(end);
        return new FunctionBody(start, end, locals);
    }

    // Groups are kept only within the limit, so that a body of many of them costs no memory before it is refused.
    private LocalGroup[] ReadLocals(int function)
    {
        try
        {
            return ReadLocalGroups(ParameterCountOf(function));
        }
        catch (UnsupportedFeatureException unsupported)
        {
            throw unsupported.InFunction(function);
        }
    }

    private LocalGroup[] ReadLocalGroups(int parameterCount)
    {
        int offset = _reader.Position;
        int groups = _reader.ReadLength();
        ulong total = 0;
        _localGroups.Clear();
        for (int i = 0; i < groups; i++)
        {
            ThrowIfCancelled();
            uint count = _reader.ReadUInt32();
            int typeOffset = _reader.Position;
            ValueCode code = Known(_reader.ReadValueType(), typeOffset);
            total += count;
            if (count > 0 && total <= (ulong)_limits.Locals)
            {
                _localGroups.Add(new LocalGroup((int)count, code));
            }
        }

        CheckLocals(total, parameterCount, offset);
        return _localGroups.ToArray();
    }

    private readonly void CheckLocals(ulong total, int parameterCount, int offset)
    {
        if (total > uint.MaxValue)
        {
            throw new MalformedModuleException("too many locals", offset);
        }

        long all = (long)total + parameterCount;
        if (all > _limits.Locals)
        {
            throw new ModuleLimitException(nameof(ModuleLimits.Locals), _limits.Locals, all, offset);
        }
    }

    /// <summary>Reads up to the <c>end</c> of a constant expression; whether it is one, validation tells.</summary>
    private ConstantExpression ReadConstant()
    {
        int start = _reader.Position;
        CodeReader code = new(_bytes, _types, start, _bytes.Length, isConstant: true);
        ConstantExpression only = default;
        for (int depth = 0, count = 0; code.Read(out Instruction instruction); count++)
        {
            ThrowIfCancelled();
            if (instruction.Opcode == Opcode.End && depth-- == 0)
            {
                _reader.MoveTo(code.Position);
                return count == 1 && !OpcodeTable.IsOfObjects(only.Opcode)
                    ? only
                    : ConstantExpression.Sequence(start, code.Position);
            }

            depth += instruction.Opcode
                is Opcode.Block or Opcode.Loop or Opcode.If or Opcode.Try or Opcode.TryTable ? 1 : 0;
            code.SkipTargets(instruction);
            only = ConstantExpression.Of(instruction);
        }

        throw new MalformedModuleException("unexpected end of section or function", code.Position);
    }
}
