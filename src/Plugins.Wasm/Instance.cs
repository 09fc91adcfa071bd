using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Objects;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <summary>A module linked to its imports, with memories, tables and globals of its own.</summary>
/// <remarks>
/// Lives as long as its <see cref="Store"/>; used by one thread at a time. WebAssembly 2.0, section 4.2.5.
/// </remarks>
public sealed partial class Instance
{
    // Compiled code reads these; see Runtime/RuntimeMembers.
    internal readonly Store OwningStore;
    internal readonly LinearMemory[] Memories;
    internal readonly Table[] Tables;
    internal readonly Function[] ImportedFunctions;
    internal readonly Tag[] Tags;
    internal LinearMemory? Memory0;
    internal Table? Table0;
    internal GlobalSlots Slots;

    /// <summary>Zero, which the optimiser does not know; see Emit/Operands/BinaryOperand.</summary>
    internal readonly int Nought;

    /// <summary>
    /// Globals that the host or other instances can see; null where the value is in <see cref="Slots"/>.
    /// </summary>
    internal readonly Global[] Cells;

    /// <summary>What each structure or array type of the module makes its next objects of.</summary>
    internal Allotment[] Allotments;

    private readonly Function?[] _functions;
    private object?[]?[]? _elementObjects;
    private bool[]? _droppedData;
    private bool[]? _droppedElements;

    /// <summary>Links a module and runs its initialisation: globals, segments, start function.</summary>
    /// <param name="store">Where the instance will live; its limits hold for the initialisation too.</param>
    /// <param name="module">The module.</param>
    /// <param name="imports">What it is linked against; may be null for a module that imports nothing.</param>
    /// <exception cref="LinkException">An import is not defined, or is of another type.</exception>
    /// <exception cref="StoreLimitException">A limit of the store does not admit the module.</exception>
    /// <exception cref="TrapException">A segment does not fit, or the start function trapped.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the store.</exception>
    /// <remarks>
    /// As the specification has it, what the initialisation did to imported memories and tables before it failed stays.
    /// WebAssembly 2.0, section 4.5.4.
    /// </remarks>
    public Instance(Store store, Module module, Imports? imports = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(module);
        OwningStore = store;
        Nought = 0;
        Module = module;
        BinaryModule binary = module.Binary;
        ImportedFunctions = Allocate<Function>(binary.ImportedFunctionCount);
        Memories = Allocate<LinearMemory>(binary.Memories.Length);
        Tables = Allocate<Table>(binary.Tables.Length);
        Tags = Allocate<Tag>(binary.Tags.Length);
        Cells = Allocate<Global>(binary.Globals.Length);
        Allotments = MakeAllotments(binary);
        _functions = Allocate<Function?>(binary.FunctionTypeIndices.Length);

        bool isOutermost = store.Enter();
        try
        {
            Initialize(imports);
            store.ThrowIfOutOfFuel();
        }
        finally
        {
            if (isOutermost)
            {
                store.Leave();
            }
        }
    }

    /// <summary>The module it was made from.</summary>
    public Module Module { get; }

    /// <summary>The store that owns the instance.</summary>
    public Store Store => OwningStore;

    /// <summary>An exported function.</summary>
    /// <exception cref="KeyNotFoundException">The module exports no function of that name.</exception>
    public Function GetFunction(string name) => Find<Function>(name);

    /// <summary>An exported memory.</summary>
    /// <exception cref="KeyNotFoundException">The module exports no memory of that name.</exception>
    public LinearMemory GetMemory(string name) => Find<LinearMemory>(name);

    /// <summary>An exported table.</summary>
    /// <exception cref="KeyNotFoundException">The module exports no table of that name.</exception>
    public Table GetTable(string name) => Find<Table>(name);

    /// <summary>An exported global.</summary>
    /// <exception cref="KeyNotFoundException">The module exports no global of that name.</exception>
    public Global GetGlobal(string name) => Find<Global>(name);

    /// <summary>An exported tag.</summary>
    /// <exception cref="KeyNotFoundException">The module exports no tag of that name.</exception>
    public Tag GetTag(string name) => Find<Tag>(name);

    /// <summary>An exported function, or false where there is none of that name.</summary>
    public bool TryGetFunction(string name, [NotNullWhen(true)] out Function? function)
    {
        function = GetExport(name) as Function;
        return function is not null;
    }

    /// <summary>An exported memory, or false where there is none of that name.</summary>
    public bool TryGetMemory(string name, [NotNullWhen(true)] out LinearMemory? memory)
    {
        memory = GetExport(name) as LinearMemory;
        return memory is not null;
    }

    /// <summary>
    /// An export of any kind: a <see cref="Function"/>, <see cref="LinearMemory"/>, <see cref="Table"/>,
    /// <see cref="Global"/> or <see cref="Tag"/>; null where there is none of that name.
    /// </summary>
    public object? GetExport(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !Module.TryGetExport(name, out ExportType? export) ? null : export.Type.Kind switch
        {
            ExternKind.Function => FunctionAt(export.Index),
            ExternKind.Table => Tables[export.Index],
            ExternKind.Memory => Memories[export.Index],
            ExternKind.Tag => Tags[export.Index],
            _ => Cells[export.Index],
        };
    }

    /// <summary>The function of that index, made at the first use.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal Function FunctionAt(int index)
    {
        Function? known = _functions[index];
        if (known is null)
        {
            int imported = ImportedFunctions.Length;
            known = index < imported
                ? ImportedFunctions[index]
                : new Function(this, index, Module.TypeIdentityOf(index));
            _functions[index] = known;
        }

        return known;
    }

    internal bool IsDataDropped(int segment) => _droppedData is not null && _droppedData[segment];

    internal bool IsElementDropped(int segment) => _droppedElements is not null && _droppedElements[segment];

    internal void DropData(int segment) =>
        (_droppedData ??= new bool[Module.Binary.Data.Length])[segment] = true;

    internal void DropElement(int segment) =>
        (_droppedElements ??= new bool[Module.Binary.Elements.Length])[segment] = true;

    private static T[] Allocate<T>(int count) => count == 0 ? [] : new T[count];

    private T Find<T>(string name)
        where T : class =>
        GetExport(name) as T
        ?? throw new KeyNotFoundException($"The module exports no such {typeof(T).Name}: {ForeignText.Name(name)}.");
}
