using Plugins.Host.Capabilities;
using Plugins.Host.Engines;
using Plugins.Host.Abi;

namespace Plugins.Testing.Recording;

/// <summary>An instance whose imports tell the recorder what goes through them.</summary>
internal sealed class RecordingInstance(IEngineInstance inner, Recorder recorder, TimeProvider time) : IEngineInstance
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ManualResetEventSlim _interrupted = new();
    private Func<int>? _resultLength;
    private RecordedCapabilityCall? _last;

    public long Fuel
    {
        get => inner.Fuel;
        set => inner.Fuel = value;
    }

    public bool GrowthRefused
    {
        get => inner.GrowthRefused;
        set => inner.GrowthRefused = value;
    }

    public long MemoryBytes => inner.MemoryBytes;

    public void Instantiate(IReadOnlyList<HostImport> imports)
    {
        _resultLength = (Func<int>?)imports.FirstOrDefault(IsResultLength)?.Function;
        inner.Instantiate([.. imports.Select(Record)]);
    }

    public Func<int> GetFunction(string export) => inner.GetFunction(export);

    public Action GetAction(string export) => inner.GetAction(export);

    public bool TryGetMemory(uint address, uint length, out Span<byte> span) =>
        inner.TryGetMemory(address, length, out span);

    public void ConsumeFuel(long amount) => inner.ConsumeFuel(amount);

    public void Interrupt()
    {
        inner.Interrupt();
        _interrupted.Set();
    }

    public void ClearInterrupt()
    {
        _interrupted.Reset();
        inner.ClearInterrupt();
    }

    public bool TryCapture() => inner.TryCapture();

    public void Restore() => inner.Restore();

    // The event is left to the collector: an interrupt may still be on its way from another thread.
    public void Dispose() => inner.Dispose();

    private static bool IsResultLength(HostImport import) =>
        import is { Module: AbiNames.AbiModule, Name: AbiNames.ResultLength };

    private HostImport Record(HostImport import) => import switch
    {
        { Module: AbiNames.HostModule, Function: Func<int, int, int> capability } => import with
        {
            Function = new Func<int, int, int>((source, length) => Call(import.Name, capability, source, length)),
        },
        { Module: AbiNames.AbiModule, Name: AbiNames.ResultRead, Function: Func<int, int, int> read } => import with
        {
            Function = new Func<int, int, int>((target, length) => Read(read, target, length)),
        },
        _ => import,
    };

    private int Call(string name, Func<int, int, int> capability, int source, int length)
    {
        var call = inner.TryGetMemory((uint)source, (uint)length, out var request)
            ? recorder.Begin(name, request)
            : null;
        _last = null;
        var status = capability(source, length);
        if (call is not null)
        {
            call.Status = (CapabilityStatus)status;
            call.AnswerLength = _resultLength?.Invoke() ?? 0;
            _last = call;
        }

        AwaitInterrupt();
        return status;
    }

    private int Read(Func<int, int, int> read, int target, int length)
    {
        var count = read(target, length);
        if (count > 0 && inner.TryGetMemory((uint)target, (uint)count, out var bytes))
        {
            _last?.Read(bytes);
        }

        return count;
    }

    // The host looks at the clock every few milliseconds. A test that moved it past the deadline must not depend on
    // whether the guest returns before the host looks.
    private void AwaitInterrupt()
    {
        if (recorder.Scope is { } scope && time is TestClock { LimitsRunOnSystemTime: false }
            && time.GetTimestamp() >= scope.Deadline)
        {
            _interrupted.Wait(Patience);
        }
    }
}
