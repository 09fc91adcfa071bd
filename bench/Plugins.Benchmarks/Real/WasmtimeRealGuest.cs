using System.Buffers.Binary;
using System.Text;
using Plugins.Fuzz.Tests.Native;

namespace Plugins.Benchmarks.Real;

/// <summary>Wasmtime by its C API, interrupted by epochs, with its own stand-ins for imports.</summary>
internal sealed unsafe class WasmtimeRealGuest : IRealGuest
{
    private static readonly WasmtimeApi s_api = new();

    private readonly WasmtimeEngine _engine;
    private readonly string? _cache;
    private readonly nint _store;
    private readonly nint _linker;
    private nint _module;
    private StoreItem _instance;

    /// <param name="meters">Whether it counts fuel.</param>
    /// <param name="cache">A file for the compiled module, which is made if it does not exist; null for none.</param>
    internal WasmtimeRealGuest(bool meters, string? cache)
    {
        _engine = new WasmtimeEngine(s_api, epochs: true, meters, stackBytes: 1 << 20);
        _cache = cache;
        _store = s_api.StoreNew(_engine.Handle, 0, 0);
        _linker = s_api.LinkerNew(_engine.Handle);
        s_api.SetEpochDeadline(Context, 1UL << 60);
        Refuel();
    }

    private nint Context => s_api.StoreContext(_store);

    public void Validate(byte[] module)
    {
        if (_engine.Validate(module) is string error)
        {
            throw new InvalidDataException(error);
        }
    }

    public void Compile(byte[] module)
    {
        if (_cache is not null && File.Exists(_cache))
        {
            _module = Deserialize(File.ReadAllBytes(_cache));
            return;
        }

        _module = _engine.Compile(module, out string? error);
        if (error is not null)
        {
            throw new InvalidDataException(error);
        }

        if (_cache is not null)
        {
            ByteVector bytes;
            Check(s_api.ModuleSerialize(_module, &bytes), trap: 0);
            File.WriteAllBytes(_cache, new ReadOnlySpan<byte>(bytes.Data, (int)bytes.Size));
            s_api.BytesDelete(&bytes);
        }
    }

    public void MakeImports() => Check(s_api.LinkerDefineDefaults(_linker, Context, _module), trap: 0);

    public void Instantiate()
    {
        nint trap = 0;
        fixed (StoreItem* instance = &_instance)
        {
            nint error = s_api.LinkerInstantiate(_linker, Context, _module, instance, &trap);
            Check(error, trap);
        }
    }

    public ulong Call(string export, ReadOnlySpan<long> arguments)
    {
        StoreItem function = Export(export);
        RawValue* values = stackalloc RawValue[Math.Max(1, arguments.Length)];
        values[0] = default;
        for (int i = 0; i < arguments.Length; i++)
        {
            values[i] = new RawValue { Bits = (ulong)arguments[i] };
        }

        Refuel();
        nint trap = 0;
        nint error = s_api.FuncCallUnchecked(Context, &function, values, (nuint)Math.Max(1, arguments.Length), &trap);
        Check(error, trap);
        return values[0].Bits;
    }

    public void Write(string memoryName, uint address, ReadOnlySpan<byte> bytes) =>
        bytes.CopyTo(Memory(memoryName)[(int)address..]);

    public int ReadInt32(string memoryName, uint address) =>
        BinaryPrimitives.ReadInt32LittleEndian(Memory(memoryName)[(int)address..]);

    public void Dispose()
    {
        s_api.LinkerDelete(_linker);
        s_api.StoreDelete(_store);
        if (_module != 0)
        {
            s_api.ModuleDelete(_module);
        }

        _engine.Dispose();
    }

    private Span<byte> Memory(string memoryName)
    {
        StoreItem memory = memoryName.Split('.') is [string module, string name]
            ? Import(module, name)
            : Export(memoryName);
        return new Span<byte>(s_api.MemoryData(Context, &memory), (int)s_api.MemoryDataSize(Context, &memory));
    }

    private StoreItem Export(string name)
    {
        Extern item;
        StoreItem instance = _instance;
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        fixed (byte* pointer = bytes)
        {
            return s_api.InstanceExport(Context, &instance, pointer, (nuint)bytes.Length, &item) != 0
                ? item.Item
                : throw new KeyNotFoundException(name);
        }
    }

    private StoreItem Import(string module, string name)
    {
        Extern item;
        byte[] first = Encoding.UTF8.GetBytes(module), second = Encoding.UTF8.GetBytes(name);
        fixed (byte* firstPointer = first, secondPointer = second)
        {
            return s_api.LinkerGet(_linker, Context, firstPointer, (nuint)first.Length, secondPointer,
                (nuint)second.Length, &item) != 0 ? item.Item : throw new KeyNotFoundException(name);
        }
    }

    private nint Deserialize(byte[] compiled)
    {
        nint module;
        fixed (byte* pointer = compiled)
        {
            Check(s_api.ModuleDeserialize(_engine.Handle, pointer, (nuint)compiled.Length, &module), trap: 0);
        }

        return module;
    }

    private void Refuel()
    {
        if (_engine.MetersFuel)
        {
            Check(s_api.SetFuel(Context, 1UL << 60), trap: 0);
        }
    }

    private static void Check(nint error, nint trap)
    {
        if ((error | trap) != 0)
        {
            throw new InvalidOperationException(s_api.TakeMessage(error) ?? "The guest trapped.");
        }
    }
}
