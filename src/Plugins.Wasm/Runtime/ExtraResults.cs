using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plugins.Wasm.Runtime;

/// <summary>Where a function with several results leaves those after the first.</summary>
/// <remarks>The caller takes them before anything else can run, so one area serves a whole store.</remarks>
internal sealed class ExtraResults
{
    internal long[] Bits = new long[8];
    internal object?[] References = new object?[8];
    internal Vector128<byte>[] Vectors = [];

    /// <summary>The numbers among the first <paramref name="count"/>, for a caller to whom they are many.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal long[] TakeBits(int count) => Bits.AsSpan(0, count).ToArray();

    /// <summary>The references among the first <paramref name="count"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal object?[] TakeReferences(int count) => References.AsSpan(0, count).ToArray();

    /// <summary>The vectors among the first <paramref name="count"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal Vector128<byte>[] TakeVectors(int count) => Vectors.AsSpan(0, count).ToArray();

    /// <summary>Makes room for <paramref name="count"/> results; done at instantiation.</summary>
    internal void Reserve(int count, bool hasVectors)
    {
        if (hasVectors && count > Vectors.Length)
        {
            Vectors = new Vector128<byte>[count];
        }

        if (count > Bits.Length)
        {
            Bits = new long[count];
            References = new object?[count];
        }
    }
}
