using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>Validates a decoded module: everything the specification demands before a module may run.</summary>
/// <remarks>
/// Linear in the module's size and without recursion. It also finds what is malformed in bodies, which decoding does
/// not look into. WebAssembly 2.0, section 3.4.
/// </remarks>
internal sealed class ModuleValidator
{
    private readonly BinaryModule _module;
    private readonly ModuleLimits _limits;
    private readonly ConstantValidator _constants;
    private readonly CancellationToken _cancellationToken;

    private ModuleValidator(BinaryModule module, ModuleLimits limits, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _module = module;
        _limits = limits;
        _constants = new ConstantValidator(module, limits);
    }

    /// <summary>Requires that <paramref name="module"/> is valid.</summary>
    /// <exception cref="InvalidModuleException">It breaks a rule.</exception>
    /// <exception cref="MalformedModuleException">The code of a function is malformed.</exception>
    /// <exception cref="ModuleLimitException">A function, table or memory is too large in some respect.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <returns>Whether any function changes a table.</returns>
    public static bool Validate(
        BinaryModule module, ModuleLimits limits, CancellationToken cancellationToken = default)
    {
        ModuleValidator validator = new(module, limits, cancellationToken);
        validator.ValidateTables();
        validator.ValidateMemories();
        validator.ValidateGlobals();
        validator.ValidateExports();
        validator.ValidateStart();
        validator.ValidateElements();
        validator.ValidateData();
        return validator.ValidateBodies();
    }

    // Section 3.2.4.
    private void ValidateTables()
    {
        for (int i = 0; i < _module.Tables.Length; i++)
        {
            Limits limits = _module.Tables[i].Limits;
            int offset = _module.Offsets.Tables[i];
            Require(
                _module.Tables[i].Address == ValueKind.I64
                    || Math.Max(limits.Minimum, limits.Maximum ?? 0) <= uint.MaxValue,
                "table size must be at most 4294967295 elements",
                offset);
            CheckRange(limits, offset);
            if (i >= _module.ImportedTableCount)
            {
                CheckLimit(nameof(ModuleLimits.TableElements), _limits.TableElements, limits.Minimum, offset);
                _constants.Validate(
                    _module.TableInitializers[i - _module.ImportedTableCount],
                    _module.Tables[i].Code,
                    globalsBefore: _module.ImportedGlobalCount);
            }
        }
    }

    // Section 3.2.5.
    private void ValidateMemories()
    {
        for (int i = 0; i < _module.Memories.Length; i++)
        {
            MemoryType memory = _module.Memories[i];
            Limits limits = memory.Limits;
            int offset = _module.Offsets.Memories[i];
            Require(
                Math.Max(limits.Minimum, limits.Maximum ?? 0) <= memory.MostPages,
                $"memory size must be at most {memory.MostPages} pages",
                offset);
            CheckRange(limits, offset);
            if (i >= _module.ImportedMemoryCount)
            {
                ulong pages = MemoryType.PagesOf(memory.BytesOf(limits.Minimum));
                CheckLimit(nameof(ModuleLimits.MemoryPages), _limits.MemoryPages, pages, offset);
            }
        }
    }

    // Section 3.4.4.
    private void ValidateGlobals()
    {
        for (int i = 0; i < _module.GlobalInitializers.Length; i++)
        {
            int index = _module.ImportedGlobalCount + i;
            _constants.Validate(_module.GlobalInitializers[i], _module.Globals[index].Code, globalsBefore: index);
        }
    }

    // Section 3.4.10: the names are different from one another.
    private void ValidateExports()
    {
        HashSet<string> names = new(_module.Exports.Length, StringComparer.Ordinal);
        for (int i = 0; i < _module.Exports.Length; i++)
        {
            Require(names.Add(_module.Exports[i].Name), "duplicate export name", _module.Offsets.Exports[i]);
        }
    }

    // Section 3.4.7.
    private void ValidateStart()
    {
        if (_module.StartFunction is int index)
        {
            int offset = _module.StartOffset;
            Require(index < _module.FunctionTypeIndices.Length, $"unknown function {index}", offset);
            FunctionType type = _module.TypeOfFunction(index);
            Require(type.ParameterCodes.Length == 0 && type.ResultCodes.Length == 0, "start function", offset);
        }
    }

    // Section 3.4.5.
    private void ValidateElements()
    {
        foreach (ElementSegment segment in _module.Elements)
        {
            if (segment.Mode == SegmentMode.Active)
            {
                Require(
                    segment.TableIndex < _module.Tables.Length, $"unknown table {segment.TableIndex}", segment.Offset);
                TableType table = _module.Tables[(int)segment.TableIndex];
                Require(
                    _module.Definitions.Matches(segment.Code, table.Code),
                    "type mismatch: a table of another type",
                    segment.Offset);
                _constants.Validate(segment.TableOffset, (ValueCode)table.Address);
            }

            _cancellationToken.ThrowIfCancellationRequested();
            foreach (ConstantExpression item in segment.Items)
            {
                _constants.Validate(item, segment.Code);
            }
        }
    }

    // Section 3.4.6.
    private void ValidateData()
    {
        foreach (DataSegment segment in _module.Data)
        {
            if (segment.Mode == SegmentMode.Active)
            {
                Require(
                    segment.MemoryIndex < _module.Memories.Length,
                    $"unknown memory {segment.MemoryIndex}",
                    segment.Offset);
                MemoryType memory = _module.Memories[(int)segment.MemoryIndex];
                _constants.Validate(segment.MemoryOffset, (ValueCode)memory.Address);
            }
        }
    }

    // Section 3.4.1.
    private bool ValidateBodies()
    {
        FunctionValidator validator = new(_module, new FunctionReferences(_module), _limits);
        for (int i = 0; i < _module.Bodies.Length; i++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            ValidateBody(validator, _module.ImportedFunctionCount + i, _module.Bodies[i]);
        }

        return validator.ChangesTables;
    }

    private void ValidateBody(FunctionValidator validator, int function, FunctionBody body)
    {
        try
        {
            validator.Validate(_module.TypeOfFunction(function), body);
        }
        catch (UnsupportedFeatureException unsupported)
        {
            throw unsupported.InFunction(function);
        }
    }

    // Section 3.2.1.
    private static void CheckRange(Limits limits, int offset) => Require(
        limits.Maximum is not ulong maximum || limits.Minimum <= maximum,
        "size minimum must not be greater than maximum",
        offset);

    private static void CheckLimit(string limit, int allowed, ulong actual, int offset)
    {
        if (actual > (uint)allowed)
        {
            throw new ModuleLimitException(limit, allowed, (long)Math.Min(actual, long.MaxValue), offset);
        }
    }

    private static void Require(bool condition, string reason, int offset)
    {
        if (!condition)
        {
            throw new InvalidModuleException(reason, offset);
        }
    }
}
