namespace Plugins.Wasi.Preview1;

/// <summary>What a number of a guest's table stands for.</summary>
internal abstract class Descriptor : IDisposable
{
    public abstract void Dispose();
}
