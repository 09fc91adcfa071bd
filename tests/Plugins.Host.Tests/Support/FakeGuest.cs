using System.Diagnostics;
using System.Text;
using Plugins.Host.Engines;
using Plugins.Wasm;

namespace Plugins.Host.Tests.Support;

/// <summary>One instance of a <see cref="FakeEngine"/>: a memory of one page, and the imports as methods.</summary>
internal sealed class FakeGuest(FakeEngine engine, IMemoryBudget? budget = null) : IEngineInstance
{
    internal const int PageBytes = 65_536;
    private const int Scratch = 4_096;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly byte[] _memory = new byte[PageBytes];
    private readonly Dictionary<(string, string), Delegate> _imports = [];
    private volatile bool _isInterrupted;
    private byte[]? _captured;
    private int _capturedPages;

    public long Fuel { get; set; }

    public bool GrowthRefused { get; set; }

    public long MemoryBytes => IsDisposed ? 0 : PageBytes;

    internal bool IsDisposed { get; private set; }

    internal bool IsInterrupted => _isInterrupted;

    internal int Restored { get; private set; }

    /// <summary>State that a call may leave behind; part of what is captured.</summary>
    internal ref byte State => ref _memory[0];

    /// <summary>Pages that it has of the budget, if there is one: a memory of one page, and what it grew by.</summary>
    internal int Pages { get; private set; }

    /// <summary>Grows its memory as far as budgets go, and answers as <c>memory.grow</c> does.</summary>
    internal int Grow(int pages)
    {
        if (budget is not null && budget.TakePages((uint)pages, (uint)pages) == 0)
        {
            GrowthRefused = true;
            return -1;
        }

        Pages += pages;
        return Pages - pages;
    }

    public void Instantiate(IReadOnlyList<HostImport> imports)
    {
        if (Grow(1) < 0)
        {
            throw new FakeTrapException(EngineFaultKind.MemoryLimit);
        }

        foreach (var import in imports)
        {
            _imports.Add((import.Module, import.Name), import.Function);
        }

        engine.Initialize(this);
    }

    public Func<int> GetFunction(string export) => () => engine.Functions[export](this);

    public Action GetAction(string export) => () => engine.Functions[export](this);

    public bool TryGetMemory(uint address, uint length, out Span<byte> span)
    {
        var isInside = (ulong)address + length <= PageBytes;
        span = isInside ? _memory.AsSpan((int)address, (int)length) : default;
        return isInside;
    }

    public void ConsumeFuel(long amount)
    {
        Fuel -= amount;
        if (Fuel < 0)
        {
            Fuel = 0;
            throw new FakeTrapException(EngineFaultKind.OutOfFuel);
        }
    }

    public void Interrupt() => _isInterrupted = true;

    public void ClearInterrupt() => _isInterrupted = false;

    public bool TryCapture()
    {
        _capturedPages = Pages;
        _captured = engine.CanCapture ? _memory.ToArray() : null;
        return engine.CanCapture;
    }

    internal bool CannotRestore { get; set; }

    /// <summary>Runs whenever the state is about to be brought back.</summary>
    internal Action? Restoring { get; set; }

    /// <summary>How often it was asked to take less memory.</summary>
    internal int Packed { get; private set; }

    public bool TryPack()
    {
        Packed++;
        return engine.PackingFails ? throw new InvalidOperationException("Not today.") : true;
    }

    public void Restore()
    {
        Restoring?.Invoke();
        if (CannotRestore)
        {
            throw new FakeTrapException(EngineFaultKind.MemoryLimit);
        }

        Restored++;
        budget?.ReturnPages((uint)(Pages - _capturedPages));
        Pages = _capturedPages;
        _captured!.CopyTo(_memory.AsSpan());
    }

    public void Dispose()
    {
        if (!IsDisposed)
        {
            IsDisposed = true;
            budget?.ReturnPages((uint)Pages);
        }
    }

    /// <summary>What a loop of a real guest does at each turn.</summary>
    internal void Step()
    {
        if (_isInterrupted)
        {
            throw new FakeTrapException(EngineFaultKind.Interrupted);
        }
    }

    /// <summary>Runs until it is stopped; should nobody do that, the test fails rather than hangs.</summary>
    internal int SpinForever()
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Patience; Thread.Yield())
        {
            Step();
        }

        throw new TimeoutException("Nobody stopped the guest.");
    }

    internal int InputLength() => Abi<Func<int>>("input_length")();

    internal int InputRead(int target, int length) => Abi<Func<int, int, int>>("input_read")(target, length);

    internal void OutputWrite(int source, int length) => Abi<Action<int, int>>("output_write")(source, length);

    internal void ErrorWrite(int source, int length) => Abi<Action<int, int>>("error_write")(source, length);

    internal int ResultLength() => Abi<Func<int>>("result_length")();

    internal int ResultRead(int target, int length) => Abi<Func<int, int, int>>("result_read")(target, length);

    internal void Log(int level, int source, int length) => Abi<Action<int, int, int>>("log")(level, source, length);

    internal int Capability(string name, int source, int length) =>
        ((Func<int, int, int>)_imports[("plugins:host/v1", name)])(source, length);

    internal void Output(string text) => Put(text, OutputWrite);

    internal void Output(byte[] bytes)
    {
        bytes.CopyTo(_memory.AsSpan(Scratch));
        OutputWrite(Scratch, bytes.Length);
    }

    internal void Error(string text) => Put(text, ErrorWrite);

    internal void Log(int level, string text) => Put(text, (source, length) => Log(level, source, length));

    /// <summary>The whole input in pieces of the given size.</summary>
    internal byte[] ReadInput(int piece = 1_000)
    {
        var all = new List<byte>();
        for (int count; (count = InputRead(Scratch, piece)) > 0;)
        {
            all.AddRange(_memory.AsSpan(Scratch, count));
        }

        return [.. all];
    }

    /// <summary>Calls a capability and fetches its whole result.</summary>
    internal (int Status, byte[] Result) Ask(string name, params ReadOnlySpan<byte> request)
    {
        request.CopyTo(_memory.AsSpan(Scratch));
        var status = Capability(name, Scratch, request.Length);
        var length = ResultLength();
        var read = ResultRead(Scratch, length);
        return (status, _memory.AsSpan(Scratch, read).ToArray());
    }

    private void Put(string text, Action<int, int> import) =>
        import(Scratch, Encoding.UTF8.GetBytes(text, _memory.AsSpan(Scratch)));

    private T Abi<T>(string name)
        where T : Delegate => (T)_imports[("plugins:abi/v1", name)];
}
