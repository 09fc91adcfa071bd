using Plugins.Wasi;

namespace Plugins.Host.Calls.Exchange;

/// <summary>The output of the running call, as a guest's standard output.</summary>
internal sealed class WasiCallOutput(CallState call) : WasiOutput
{
    public override void Write(ReadOnlySpan<byte> source, IWasiGuest guest) => call.Output.Write(source, call);
}
