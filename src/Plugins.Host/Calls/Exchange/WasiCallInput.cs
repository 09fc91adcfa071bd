using Plugins.Wasi;

namespace Plugins.Host.Calls.Exchange;

/// <summary>The input of the running call, as a guest's standard input.</summary>
internal sealed class WasiCallInput(CallState call) : WasiInput
{
    public override int Read(Span<byte> target, IWasiGuest guest) => call.Input.Read(target, call);
}
