using Plugins.Host.Abi;
using Plugins.Host.Calls.Threads;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Wasi;

namespace Plugins.Host.Calls.Exchange;

/// <summary>The functions of WASI for one instance, and what its guest has opened by them.</summary>
/// <remarks>
/// That lasts as long as the guest's own state does: what a call opened is closed when the state after initialisation
/// comes back.
/// </remarks>
internal sealed class WasiPort(CallState call) : IWasiGuest, IDisposable
{
    // "io" of preview 1.
    private const int IoError = 29;

    private readonly WasiGrant _grant = call.Definition.Wasi!; // There is one, or there would be no port.
    private WasiContext? _context;
    private WasiLogOutput? _output;
    private WasiLogOutput? _error;

    public CancellationToken Cancellation => call.Cancellation;

    internal IEnumerable<HostImport> CreateImports() => _grant.Functions.Select(function => new HostImport(
        AbiNames.WasiModule,
        function.Name,
        WasiContract.Functions[function.Name],
        arguments => (uint)Call(function, arguments)));

    public bool TryGetMemory(uint address, uint length, out Span<byte> memory) =>
        call.Engine.TryGetMemory(address, length, out memory);

    public void ConsumeFuel(long amount) => call.ConsumeFuel(amount);

    public void Wait(Task task) => call.Wait(new ValueTask(Quiet(task)));

    /// <summary>The guest has returned or ended: its last line is one, too.</summary>
    internal void Flush()
    {
        _output?.Flush();
        _error?.Flush();
    }

    /// <summary>Closes all that the guest has opened, and begins anew.</summary>
    public void Dispose()
    {
        _context?.Dispose();
        _context = null;
        _output = null;
        _error = null;
    }

    private static async Task Quiet(Task task) =>
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private int Call(WasiFunction function, ReadOnlySpan<ulong> arguments)
    {
        call.IsTainted |= !WasiContract.IsPure(function.Name);
        try
        {
            _context ??= new WasiContext(OptionsOf());
            return _context.Call(function, arguments, this);
        }
        catch (WasiMemoryException exception)
        {
            throw new PluginTrapException(
                call.Site(), exception.Function, exception.Address, exception.Length, exception.Alignment);
        }
        catch (Exception exception) when (IsConcealed(exception))
        {
            // Services of the application's, such as a clock, are no guest's business.
            call.Failures.Add(call, function.Name, exception);
            return IoError;
        }
    }

    private bool IsConcealed(Exception exception) =>
        exception is not (PluginException or WasiExitException or CallerGoneException)
        && !call.IsInterrupted
        && call.OutOfFuel is null;

    private WasiOptions OptionsOf()
    {
        var options = _grant.OptionsOf(call.Options);
        return options with
        {
            StandardInput = _grant.StandardInput switch
            {
                { Stream: { } stream } => WasiInput.From(stream),
                var source when source == Wasi.PluginWasiStream.Call => new WasiCallInput(call),
                _ => WasiInput.Empty,
            },
            StandardOutput = OutputOf(_grant.StandardOutput, level: 2, ref _output),
            StandardError = OutputOf(_grant.StandardError, level: 3, ref _error),
        };
    }

    private WasiOutput OutputOf(Wasi.PluginWasiStream target, int level, ref WasiLogOutput? log) => target switch
    {
        { Stream: { } stream } => WasiOutput.To(stream),
        _ when target == Wasi.PluginWasiStream.Call => new WasiCallOutput(call),
        _ when target == Wasi.PluginWasiStream.Log => log = new WasiLogOutput(call, level),
        _ => WasiOutput.Discarded,
    };
}
