namespace Plugins.Wasi.Preview1;

internal sealed class InputDescriptor(WasiInput input) : Descriptor
{
    internal WasiInput Input => input;

    public override void Dispose()
    {
    }
}
