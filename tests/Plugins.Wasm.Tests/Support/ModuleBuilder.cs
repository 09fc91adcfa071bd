using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Support;

/// <summary>
/// Builds a binary module, with no check of its own, so that tests can build wrong ones too. Indices count as in the
/// specification: imports first. Function types are found or added by themselves.
/// </summary>
/// <example>
/// <code>
/// byte[] wasm = new ModuleBuilder()
///     .Memory(1, export: "memory")
///     .Function([I32, I32], [I32], code => code.LocalGet(0).LocalGet(1).Op(Opcode.I32Add), export: "add")
///     .Build();
/// </code>
/// </example>
internal sealed partial class ModuleBuilder
{
    private const int FunctionForm = 0x60;

    private readonly List<byte[]> _types = [];
    private readonly List<byte[]> _imports = [];
    private readonly List<byte[]> _functions = [];
    private readonly List<byte[]> _tables = [];
    private readonly List<byte[]> _memories = [];
    private readonly List<byte[]> _globals = [];
    private readonly List<byte[]> _exports = [];
    private readonly List<byte[]> _elements = [];
    private readonly List<byte[]> _bodies = [];
    private readonly List<byte[]> _data = [];
    private readonly List<byte[]> _customSections = [];
    private readonly int[] _importCounts = new int[5];
    private uint? _start;
    private uint? _dataCount;
    private bool _omitsDataCount;

    /// <summary>The index the next function will have.</summary>
    public uint NextFunction => (uint)(_importCounts[(int)ExternKind.Function] + _functions.Count);

    /// <summary>Adds a type even where there is an equal one.</summary>
    public ModuleBuilder Type(ValueKind[] parameters, ValueKind[] results)
    {
        _types.Add(TypeBytes(parameters, results));
        return this;
    }

    /// <summary>The index of a type, which is added where there is none equal to it.</summary>
    public uint TypeIndex(ValueKind[] parameters, ValueKind[] results)
    {
        byte[] type = TypeBytes(parameters, results);
        int index = _types.FindIndex(other => other.AsSpan().SequenceEqual(type));
        if (index < 0)
        {
            index = _types.Count;
            _types.Add(type);
        }

        return (uint)index;
    }

    public ModuleBuilder ImportFunction(string module, string name, ValueKind[] parameters, ValueKind[] results) =>
        ImportFunction(module, name, TypeIndex(parameters, results));

    public ModuleBuilder ImportFunction(string module, string name, uint type) =>
        Import(module, name, ExternKind.Function, item => item.UInt32(type));

    public ModuleBuilder ImportTable(
        string module, string name, uint minimum, uint? maximum = null, ValueKind kind = ValueKind.FuncRef) =>
        Import(module, name, ExternKind.Table, item => item.Byte((int)kind).Limits(minimum, maximum));

    public ModuleBuilder ImportMemory(string module, string name, uint minimum, uint? maximum = null) =>
        Import(module, name, ExternKind.Memory, item => item.Limits(minimum, maximum));

    public ModuleBuilder ImportGlobal(string module, string name, ValueKind kind, bool isMutable = false) =>
        Import(module, name, ExternKind.Global, item => item.Byte((int)kind).Byte(isMutable ? 1 : 0));

    /// <summary>Adds a function; its final <c>end</c> is added to the code.</summary>
    public ModuleBuilder Function(
        ValueKind[] parameters,
        ValueKind[] results,
        Action<CodeBuilder> code,
        ValueKind[]? locals = null,
        string? export = null) =>
        Function(TypeIndex(parameters, results), CodeBuilder.Bytes(code), Runs(locals ?? []), export);

    /// <summary>Adds a function of the given code bytes, without their final <c>end</c>.</summary>
    public ModuleBuilder Function(
        uint type, ReadOnlySpan<byte> code, (uint Count, ValueKind Kind)[]? locals = null, string? export = null)
    {
        ExportNext(export, ExternKind.Function, _functions.Count);
        _functions.Add(new ByteWriter().UInt32(type).ToArray());
        return Body(new ByteWriter().Bytes(code).Byte(0x0B).ToArray(), locals ?? []);
    }

    public ModuleBuilder Table(
        uint minimum, uint? maximum = null, ValueKind kind = ValueKind.FuncRef, string? export = null)
    {
        ExportNext(export, ExternKind.Table, _tables.Count);
        return Add(_tables, item => item.Byte((int)kind).Limits(minimum, maximum));
    }

    public ModuleBuilder Memory(uint minimum, uint? maximum = null, string? export = null)
    {
        ExportNext(export, ExternKind.Memory, _memories.Count);
        return Add(_memories, item => item.Limits(minimum, maximum));
    }

    /// <summary>Adds a memory by the bytes of its type.</summary>
    public ModuleBuilder MemoryOf(Action<ByteWriter> type, string? export = null)
    {
        ExportNext(export, ExternKind.Memory, _memories.Count);
        return Add(_memories, item => type(item));
    }

    /// <summary>Adds a memory with 64-bit addresses.</summary>
    public ModuleBuilder LongMemory(ulong minimum, ulong? maximum = null, string? export = null) =>
        MemoryOf(item => item.LongLimits(minimum, maximum), export);

    /// <summary>Adds a memory with pages of a byte.</summary>
    public ModuleBuilder ByteMemory(uint minimum, string? export = null) =>
        MemoryOf(item => item.Byte(8).UInt32(minimum).Byte(0), export);

    /// <summary>Adds a table with 64-bit indices.</summary>
    public ModuleBuilder LongTable(ulong minimum, ulong? maximum = null, string? export = null)
    {
        ExportNext(export, ExternKind.Table, _tables.Count);
        return Add(_tables, item => item.Byte((int)ValueKind.FuncRef).LongLimits(minimum, maximum));
    }

    /// <summary>Adds a global, zero or null unless told otherwise.</summary>
    public ModuleBuilder Global(
        ValueKind kind, bool isMutable = false, Action<CodeBuilder>? value = null, string? export = null)
    {
        ExportNext(export, ExternKind.Global, _globals.Count);
        byte[] code = CodeBuilder.Bytes(value ?? (zero => zero.Zero(kind)));
        return Add(_globals, item => item.Byte((int)kind).Byte(isMutable ? 1 : 0).Bytes(code).Byte(0x0B));
    }

    public ModuleBuilder Export(string name, ExternKind kind, uint index) =>
        Add(_exports, item => item.Name(name).Byte((int)kind).UInt32(index));

    public ModuleBuilder Start(uint function)
    {
        _start = function;
        return this;
    }

    /// <summary>Adds an active segment of functions.</summary>
    public ModuleBuilder Elements(int offset, params uint[] functions) =>
        Elements(code => code.I32Const(offset), functions);

    /// <summary>Adds an active segment of functions at a computed offset.</summary>
    public ModuleBuilder Elements(Action<CodeBuilder> offset, params uint[] functions) =>
        Add(_elements, item => Indices(item.UInt32(0).Bytes(CodeBuilder.Bytes(offset)).Byte(0x0B), functions));

    public ModuleBuilder PassiveElements(params uint[] functions) =>
        Add(_elements, item => Indices(item.UInt32(1).Byte(0), functions));

    public ModuleBuilder DeclareFunctions(params uint[] functions) =>
        Add(_elements, item => Indices(item.UInt32(3).Byte(0), functions));

    /// <summary>Adds a passive segment of constant expressions.</summary>
    public ModuleBuilder PassiveReferences(ValueKind kind, params Action<CodeBuilder>[] items) =>
        Add(_elements, item => Expressions(item.UInt32(5).Byte((int)kind), items));

    /// <summary>Adds an active segment of constant expressions.</summary>
    public ModuleBuilder Elements(
        uint table, Action<CodeBuilder> offset, ValueKind kind, params Action<CodeBuilder>[] items) =>
        Add(_elements, item => Expressions(
            item.UInt32(6).UInt32(table).Bytes(CodeBuilder.Bytes(offset)).Byte(0x0B).Byte((int)kind), items));

    /// <summary>Adds an active data segment.</summary>
    public ModuleBuilder Data(int offset, params ReadOnlySpan<byte> bytes) =>
        Data(code => code.I32Const(offset), bytes.ToArray());

    /// <summary>Adds an active data segment at a computed offset.</summary>
    public ModuleBuilder Data(Action<CodeBuilder> offset, byte[] bytes, uint memory = 0) =>
        Add(_data, item => (memory == 0 ? item.UInt32(0) : item.UInt32(2).UInt32(memory))
            .Bytes(CodeBuilder.Bytes(offset)).Byte(0x0B).Sized(bytes));

    public ModuleBuilder PassiveData(params byte[] bytes) => Add(_data, item => item.UInt32(1).Sized(bytes));

    /// <summary>Writes a data count of this number rather than that of the segments.</summary>
    public ModuleBuilder DataCount(uint count)
    {
        _dataCount = count;
        return this;
    }

    public ModuleBuilder WithoutDataCount()
    {
        _omitsDataCount = true;
        return this;
    }

    public ModuleBuilder Custom(string name, params ReadOnlySpan<byte> content)
    {
        _customSections.Add(new ByteWriter().Name(name).Bytes(content).ToArray());
        return this;
    }

    /// <summary>Adds an element segment as it stands.</summary>
    public ModuleBuilder RawElements(params byte[] bytes) => Add(_elements, item => item.Bytes(bytes));

    /// <summary>Adds a body, code with its final <c>end</c>, to a function declared elsewhere.</summary>
    public ModuleBuilder Body(ReadOnlySpan<byte> code, params (uint Count, ValueKind Kind)[] locals)
    {
        ByteWriter body = new ByteWriter().UInt32((uint)locals.Length);
        foreach ((uint count, ValueKind kind) in locals)
        {
            body.UInt32(count).Byte((int)kind);
        }

        body.Bytes(code);
        _bodies.Add(new ByteWriter().Sized(body.ToArray()).ToArray());
        return this;
    }
}
