using System.Runtime.Intrinsics;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Fuzz.Tests.Engines;

/// <summary>An instance on the embedded engine.</summary>
internal sealed class EmbeddedGuest : IGuest
{
    private readonly Store _store;
    private readonly Instance? _instance;
    private readonly Dictionary<object, ulong> _functions = new(ReferenceEqualityComparer.Instance);
    private readonly bool _metersFuel;

    internal EmbeddedGuest(Module module, MemoryBacking backing, long fuel = long.MaxValue)
    {
        _metersFuel = module.MetersFuel;
        _store = new Store(new StoreOptions
        {
            MemoryPages = GuestLimits.MemoryPages,
            TableElements = GuestLimits.TableElements,
            StackBytes = GuestLimits.StackBytes,
            CallDepth = GuestLimits.CallDepth,
            MemoryBacking = backing,
        })
        {
            FuelRemaining = fuel,
        };
        try
        {
            _instance = new Instance(_store, module);
        }
        catch (TrapException trap)
        {
            Start = Translate(trap.Kind);
            Place = Describe(trap);
            return;
        }
        catch (GuestException exception)
        {
            Start = Trap.UncaughtException;
            Place = Describe(exception);
            return;
        }

        foreach (ExportType export in module.Exports.Where(export => export.Type is FunctionType))
        {
            _functions.TryAdd(_instance.GetFunction(export.Name), (ulong)_functions.Count + 1);
        }
    }

    public Trap Start { get; }

    /// <summary>Where the last call trapped: the instruction where that is recorded, and the calls.</summary>
    internal string Place { get; private set; } = "";

    /// <summary>The fuel that is left; null where it is not metered.</summary>
    internal long? Fuel
    {
        get => _metersFuel ? _store.FuelRemaining : null;
        set => _store.FuelRemaining = value ?? long.MaxValue;
    }

    private Instance Instance => _instance ?? throw new InvalidOperationException("It was not instantiated.");

    public Outcome Call(ExportType function, ReadOnlySpan<ulong> arguments)
    {
        var type = (FunctionType)function.Type;
        var values = new Value[type.Parameters.Length];
        int next = 0;
        for (int i = 0; i < values.Length; i++)
        {
            ValueKind kind = type.Parameters[i];
            ulong bits = arguments[next++];
            values[i] = kind.IsReference ? Value.FromReference(kind, reference: null)
                : kind is ValueKind.V128 ? Value.FromVector128(Vector128.Create(bits, arguments[next++]).AsByte())
                : Value.FromBits(kind, bits);
        }

        var results = new Value[type.Results.Length];
        Place = "";
        try
        {
            Instance.GetFunction(function.Name).Invoke(values, results);
        }
        catch (TrapException trap)
        {
            Place = Describe(trap);
            return Outcome.Of(Translate(trap.Kind));
        }
        catch (GuestException exception)
        {
            Place = Describe(exception);
            return Outcome.Of(Trap.UncaughtException);
        }

        return new Outcome(Trap.None, [.. results.SelectMany(Numbers)]);
    }

    public ReadOnlySpan<byte> Memory(string export)
    {
        LinearMemory memory = Instance.GetMemory(export);
        return memory.GetSpan(0, (int)memory.ByteLength);
    }

    public ulong Global(ExportType global)
    {
        Value value = Instance.GetGlobal(global.Name).Value;
        return value.Kind is ValueKind.V128 ? Outcome.Fold(value.Bits, value.UpperBits) : Number(value);
    }

    public uint TableSize(string export) => Instance.GetTable(export).Size;

    public ulong[] TableElements(ExportType table, uint step)
    {
        Table elements = Instance.GetTable(table.Name);
        List<ulong> numbers = [];
        for (uint i = 0; i < elements.Size; i += step)
        {
            numbers.Add(Number(elements[i]));
        }

        return [.. numbers];
    }

    public void Dispose() => _store.Dispose();

    // Of other traps, interpreted code knows the offset and compiled code does not.
    private static string Describe(TrapException trap) =>
        $"offset {(trap.Kind == TrapKind.Unreachable ? trap.Offset : null)}: "
        + $"{string.Join(" < ", trap.Backtrace.Select(frame => frame.FunctionIndex))}";

    private static string Describe(GuestException exception) =>
        $"{exception.Tag.Type.Payload.Parameters.Length} values: "
        + $"{string.Join(" < ", exception.Backtrace.Select(frame => frame.FunctionIndex))}";

    private static Trap Translate(TrapKind kind) => kind switch
    {
        TrapKind.Unreachable => Trap.Unreachable,
        TrapKind.OutOfBoundsMemoryAccess => Trap.MemoryOutOfBounds,
        TrapKind.OutOfBoundsTableAccess or TrapKind.UndefinedElement => Trap.TableOutOfBounds,
        TrapKind.UninitializedElement => Trap.NullElement,
        TrapKind.IndirectCallTypeMismatch => Trap.TypeMismatch,
        TrapKind.IntegerDivideByZero => Trap.DivideByZero,
        TrapKind.IntegerOverflow => Trap.IntegerOverflow,
        TrapKind.InvalidConversionToInteger => Trap.InvalidConversion,
        TrapKind.CallStackExhausted => Trap.StackExhausted,
        TrapKind.OutOfFuel => Trap.OutOfFuel,
        _ => Trap.Other,
    };

    private ulong[] Numbers(Value value) =>
        value.Kind is ValueKind.V128 ? [value.Bits, value.UpperBits] : [Number(value)];

    private ulong Number(Value value) => value.Kind.IsReference
        ? Number(value.Reference)
        : value.Bits;

    private ulong Number(object? reference) =>
        reference is null ? Outcome.NullReference : _functions.GetValueOrDefault(reference, Outcome.UnknownReference);
}
