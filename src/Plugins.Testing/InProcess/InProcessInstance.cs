using System.Runtime.ExceptionServices;
using Plugins.Host.Engines;
using Plugins.Pdk.Runtime;

namespace Plugins.Testing.InProcess;

/// <summary>An instance of a plugin in process: an array for its memory, and the plugin's static functions.</summary>
internal sealed class InProcessInstance(PluginModule module) : IEngineInstance
{
    private readonly LinearArray _memory = new();
    private readonly InterruptFlag _interrupt = new();
    private InProcessRuntime? _runtime;

    public long Fuel { get; set; }

    public bool GrowthRefused { get; set; }

    public long MemoryBytes => _runtime is null ? 0 : _memory.Length;

    public void Instantiate(IReadOnlyList<HostImport> imports) =>
        _runtime = new InProcessRuntime(imports, _memory, _interrupt);

    public Func<int> GetFunction(string export)
    {
        var function = module.Functions[export];
        return () => Run(function);
    }

    public Action GetAction(string export) =>
        throw new NotSupportedException("A plugin in process has no function to initialise it.");

    public bool TryGetMemory(uint address, uint length, out Span<byte> span) =>
        _memory.TryGet(address, length, out span);

    public void ConsumeFuel(long amount)
    {
        // There is none to take: the host does not meter this engine.
    }

    public void Interrupt() => _interrupt.Raise();

    public void ClearInterrupt() => _interrupt.Clear();

    // What a plugin keeps in static fields stays, as docs/testing.md says. The memory holds nothing between calls.
    public bool TryCapture() => true;

    public void Restore()
    {
        // See above.
    }

    public void Dispose()
    {
        // The collector's.
    }

    private int Run(Func<int> function)
    {
        var runtime = _runtime ?? throw new InvalidOperationException("The instance has no imports yet.");
        runtime.Begin();
        int code;
        using (PluginRuntime.Enter(runtime))
        {
            code = function();
        }

        // The plugin's code may have caught what ended the guest; as WebAssembly it could not.
        if (runtime.Ending is { } ending)
        {
            ExceptionDispatchInfo.Throw(ending);
        }

        return code;
    }
}
