using Plugins.Wasm;
using System.Text;
using Plugins.Fuzz.Tests.Native;
using Plugins.Wasm.Types;

namespace Plugins.Fuzz.Tests.Engines;

/// <summary>An instance on Wasmtime, by its C API.</summary>
internal sealed unsafe class WasmtimeGuest : IGuest
{
    private readonly WasmtimeApi _api;
    private readonly nint _store;
    private readonly nint _context;
    private readonly Dictionary<nint, ulong> _functions = [];
    private readonly Dictionary<string, StoreItem> _exports = new(StringComparer.Ordinal);

    internal WasmtimeGuest(WasmtimeEngine engine, nint module, IEnumerable<ExportType> exports)
    {
        _api = engine.Api;
        _store = _api.StoreNew(engine.Handle, 0, 0);
        _context = _api.StoreContext(_store);
        _api.StoreLimiter(_store, GuestLimits.MemoryPages * 65_536L, GuestLimits.TableElements, -1, -1, -1);
        StoreItem instance;
        nint trap = 0;
        nint error = _api.InstanceNew(_context, module, null, 0, &instance, &trap);
        Start = Finish(error, trap);
        if (Start is Trap.None)
        {
            foreach (ExportType export in exports)
            {
                Keep(&instance, export);
            }
        }
    }

    public Trap Start { get; }

    public Outcome Call(ExportType function, ReadOnlySpan<ulong> arguments)
    {
        var type = (FunctionType)function.Type;
        int length = Math.Max(1, Math.Max(type.Parameters.Length, type.Results.Length));
        RawValue* values = stackalloc RawValue[length];
        int next = 0;
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            ulong bits = arguments[next++];
            values[i].Bits = type.Parameters[i].IsReference ? 0 : bits;
            values[i].UpperBits = type.Parameters[i] is ValueKind.V128 ? arguments[next++] : 0;
        }

        StoreItem item = _exports[function.Name];
        nint trap = 0;
        nint error = _api.FuncCallUnchecked(_context, &item, values, (nuint)length, &trap);
        Trap ended = Finish(error, trap);
        if (ended is not Trap.None)
        {
            return Outcome.Of(ended);
        }

        List<ulong> results = [];
        for (int i = 0; i < type.Results.Length; i++)
        {
            results.Add(Number(type.Results[i], values[i].Bits));
            if (type.Results[i] is ValueKind.V128)
            {
                results.Add(values[i].UpperBits);
            }
        }

        return new Outcome(Trap.None, [.. results]);
    }

    public ReadOnlySpan<byte> Memory(string export)
    {
        StoreItem item = _exports[export];
        return new ReadOnlySpan<byte>(_api.MemoryData(_context, &item), (int)_api.MemoryDataSize(_context, &item));
    }

    public ulong Global(ExportType global)
    {
        StoreItem item = _exports[global.Name];
        CheckedValue value;
        _api.GlobalGet(_context, &item, &value);
        ValueKind kind = ((GlobalType)global.Type).Value;
        return kind.IsReference
            ? Reference(kind, value.Item)
            : kind is ValueKind.V128 ? Outcome.Fold(value.Item.StoreId, value.Item.First)
            : Number(kind, value.Item.StoreId);
    }

    public uint TableSize(string export)
    {
        StoreItem item = _exports[export];
        return (uint)_api.TableSize(_context, &item);
    }

    public ulong[] TableElements(ExportType table, uint step)
    {
        StoreItem item = _exports[table.Name];
        CheckedValue value;
        List<ulong> numbers = [];
        for (uint i = 0; i < TableSize(table.Name); i += step)
        {
            _ = _api.TableGet(_context, &item, i, &value);
            numbers.Add(Reference(((TableType)table.Type).Element, value.Item));
        }

        return [.. numbers];
    }

    public void Dispose() => _api.StoreDelete(_store);

    private void Keep(StoreItem* instance, ExportType export)
    {
        byte[] name = Encoding.UTF8.GetBytes(export.Name);
        Extern item;
        fixed (byte* bytes = name)
        {
            if (_api.InstanceExport(_context, instance, bytes, (nuint)name.Length, &item) == 0)
            {
                throw new InvalidOperationException($"Wasmtime has no export '{export.Name}'.");
            }
        }

        _exports.Add(export.Name, item.Item);
        if (export.Type is FunctionType)
        {
            _functions.TryAdd(_api.FuncToRaw(_context, &item.Item), (ulong)_functions.Count + 1);
        }
    }

    // A raw value of 32 bits leaves the rest of its eight bytes as it was.
    private ulong Number(ValueKind kind, ulong bits) => kind switch
    {
        ValueKind.I32 or ValueKind.F32 => (uint)bits,
        ValueKind.FuncRef => Function((nint)bits),
        ValueKind.ExternRef or ValueKind.ExnRef => (uint)bits == 0 ? Outcome.NullReference : Outcome.UnknownReference,
        _ => bits,
    };

    private ulong Reference(ValueKind kind, StoreItem item) =>
        item.StoreId == 0 ? Outcome.NullReference
        : kind is ValueKind.FuncRef ? Function(_api.FuncToRaw(_context, &item))
        : Outcome.UnknownReference;

    private ulong Function(nint raw) =>
        raw == 0 ? Outcome.NullReference : _functions.GetValueOrDefault(raw, Outcome.UnknownReference);

    private Trap Finish(nint error, nint trap)
    {
        if (TakesException())
        {
            _api.TakeMessage(error);
            if (trap != 0)
            {
                _api.TrapDelete(trap);
            }

            return Trap.UncaughtException;
        }

        if (_api.TakeMessage(error) is { } message)
        {
            throw new InvalidOperationException($"Wasmtime failed: {message}");
        }

        if (trap == 0)
        {
            return Trap.None;
        }

        byte code = byte.MaxValue;
        _ = _api.TrapCode(trap, &code);
        _api.TrapDelete(trap);
        return Translate(code);
    }

    // What it refers to is let go with the store.
    private bool TakesException()
    {
        ExceptionReference reference;
        return _api.TakeException(_context, &reference) != 0;
    }

    private static Trap Translate(byte code) => code switch
    {
        0 => Trap.StackExhausted,
        1 => Trap.MemoryOutOfBounds,
        3 => Trap.TableOutOfBounds,
        4 => Trap.NullElement,
        5 => Trap.TypeMismatch,
        6 => Trap.IntegerOverflow,
        7 => Trap.DivideByZero,
        8 => Trap.InvalidConversion,
        9 => Trap.Unreachable,
        _ => Trap.Other,
    };
}
