namespace Plugins.Wasi.Preview1;

internal sealed class OutputDescriptor(WasiOutput output) : Descriptor
{
    internal WasiOutput Output => output;

    public override void Dispose()
    {
    }
}
