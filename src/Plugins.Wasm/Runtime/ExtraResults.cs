namespace Plugins.Wasm.Runtime;

/// <summary>Where a function with several results leaves those after the first.</summary>
/// <remarks>The caller takes them before anything else can run, so one area serves a whole store.</remarks>
internal sealed class ExtraResults
{
    internal long[] Bits = new long[8];
    internal object?[] References = new object?[8];

    /// <summary>Makes room for <paramref name="count"/> results; done at instantiation.</summary>
    internal void Reserve(int count)
    {
        if (count > Bits.Length)
        {
            Bits = new long[count];
            References = new object?[count];
        }
    }
}
