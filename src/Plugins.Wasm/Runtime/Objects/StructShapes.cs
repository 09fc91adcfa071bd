using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Plugins.Wasm.Runtime.Objects;

/// <summary>The classes of structures, by what their first slots are: numbers (N) or references (R).</summary>
/// <remarks>
/// A shape is a number: a one, then a zero for each number and a one for each reference. Structures with more slots
/// have a class derived from that of their first ones.
/// </remarks>
internal static class StructShapes
{
    private const int More = 16;
    private const string Kept = "Keep marks the members of each.";

    private const DynamicallyAccessedMemberTypes Members =
        DynamicallyAccessedMemberTypes.NonPublicFields | DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>Their classes by shape.</summary>
    public static readonly Type[] Types = MakeTypes();

    /// <summary>The shape of a structure with more slots than those of a shape.</summary>
    public static int WithMore(int shape) => shape == 1 ? 0 : shape + More;

    /// <summary>The inverse of <see cref="WithMore"/>.</summary>
    public static int WithoutMore(int shape) => shape == 0 ? 1 : shape - More;

    /// <summary>The slot that a class adds to the one it is derived from.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2065", Justification = Kept)]
    public static FieldInfo FieldOf(int shape) => Types[shape].GetField(
        nameof(N.Value), BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)!;

    /// <summary>What makes an empty structure.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2065", Justification = Kept)]
    public static ConstructorInfo ConstructorOf(int shape) => Types[shape].GetConstructors()[0];

    /// <summary>Makes a structure whose fields are zero or null.</summary>
    public static GuestStruct Make(int shape) => shape switch
    {
        0 => new EmptyMore(),
        1 => new Empty(),
        2 => new N(),
        3 => new R(),
        4 => new NN(),
        5 => new NR(),
        6 => new RN(),
        7 => new RR(),
        8 => new NNN(),
        9 => new NNR(),
        10 => new NRN(),
        11 => new NRR(),
        12 => new RNN(),
        13 => new RNR(),
        14 => new RRN(),
        15 => new RRR(),
        16 => new NNNN(),
        17 => new NNNR(),
        18 => new NNRN(),
        19 => new NNRR(),
        20 => new NRNN(),
        21 => new NRNR(),
        22 => new NRRN(),
        23 => new NRRR(),
        24 => new RNNN(),
        25 => new RNNR(),
        26 => new RNRN(),
        27 => new RNRR(),
        28 => new RRNN(),
        29 => new RRNR(),
        30 => new RRRN(),
        31 => new RRRR(),
        32 => new NNNNMore(),
        33 => new NNNRMore(),
        34 => new NNRNMore(),
        35 => new NNRRMore(),
        36 => new NRNNMore(),
        37 => new NRNRMore(),
        38 => new NRRNMore(),
        39 => new NRRRMore(),
        40 => new RNNNMore(),
        41 => new RNNRMore(),
        42 => new RNRNMore(),
        43 => new RNRRMore(),
        44 => new RRNNMore(),
        45 => new RRNRMore(),
        46 => new RRRNMore(),
        47 => new RRRRMore(),
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };

    private static Type[] MakeTypes() =>
    [
        Keep(typeof(EmptyMore)), Keep(typeof(Empty)), Keep(typeof(N)), Keep(typeof(R)),
        Keep(typeof(NN)), Keep(typeof(NR)), Keep(typeof(RN)), Keep(typeof(RR)),
        Keep(typeof(NNN)), Keep(typeof(NNR)), Keep(typeof(NRN)), Keep(typeof(NRR)),
        Keep(typeof(RNN)), Keep(typeof(RNR)), Keep(typeof(RRN)), Keep(typeof(RRR)),
        Keep(typeof(NNNN)), Keep(typeof(NNNR)), Keep(typeof(NNRN)), Keep(typeof(NNRR)),
        Keep(typeof(NRNN)), Keep(typeof(NRNR)), Keep(typeof(NRRN)), Keep(typeof(NRRR)),
        Keep(typeof(RNNN)), Keep(typeof(RNNR)), Keep(typeof(RNRN)), Keep(typeof(RNRR)),
        Keep(typeof(RRNN)), Keep(typeof(RRNR)), Keep(typeof(RRRN)), Keep(typeof(RRRR)),
        Keep(typeof(NNNNMore)), Keep(typeof(NNNRMore)), Keep(typeof(NNRNMore)), Keep(typeof(NNRRMore)),
        Keep(typeof(NRNNMore)), Keep(typeof(NRNRMore)), Keep(typeof(NRRNMore)), Keep(typeof(NRRRMore)),
        Keep(typeof(RNNNMore)), Keep(typeof(RNNRMore)), Keep(typeof(RNRNMore)), Keep(typeof(RNRRMore)),
        Keep(typeof(RRNNMore)), Keep(typeof(RRNRMore)), Keep(typeof(RRRNMore)), Keep(typeof(RRRRMore)),
    ];

    // A trimmed application would lose fields that no code names, and with them the places of the others.
    private static Type Keep(
        [DynamicallyAccessedMembers(Members)] Type type) => type;

    internal sealed class Empty : GuestStruct;

    internal sealed class EmptyMore : GuestStruct
    {
        internal object? Value;
    }

    internal class N : GuestStruct
    {
        internal long Value;
    }

    internal class R : GuestStruct
    {
        internal object? Value;
    }

    internal class NN : N
    {
        internal new long Value;
    }

    internal class NR : N
    {
        internal new object? Value;
    }

    internal class RN : R
    {
        internal new long Value;
    }

    internal class RR : R
    {
        internal new object? Value;
    }

    internal class NNN : NN
    {
        internal new long Value;
    }

    internal class NNR : NN
    {
        internal new object? Value;
    }

    internal class NRN : NR
    {
        internal new long Value;
    }

    internal class NRR : NR
    {
        internal new object? Value;
    }

    internal class RNN : RN
    {
        internal new long Value;
    }

    internal class RNR : RN
    {
        internal new object? Value;
    }

    internal class RRN : RR
    {
        internal new long Value;
    }

    internal class RRR : RR
    {
        internal new object? Value;
    }

    internal class NNNN : NNN
    {
        internal new long Value;
    }

    internal class NNNR : NNN
    {
        internal new object? Value;
    }

    internal class NNRN : NNR
    {
        internal new long Value;
    }

    internal class NNRR : NNR
    {
        internal new object? Value;
    }

    internal class NRNN : NRN
    {
        internal new long Value;
    }

    internal class NRNR : NRN
    {
        internal new object? Value;
    }

    internal class NRRN : NRR
    {
        internal new long Value;
    }

    internal class NRRR : NRR
    {
        internal new object? Value;
    }

    internal class RNNN : RNN
    {
        internal new long Value;
    }

    internal class RNNR : RNN
    {
        internal new object? Value;
    }

    internal class RNRN : RNR
    {
        internal new long Value;
    }

    internal class RNRR : RNR
    {
        internal new object? Value;
    }

    internal class RRNN : RRN
    {
        internal new long Value;
    }

    internal class RRNR : RRN
    {
        internal new object? Value;
    }

    internal class RRRN : RRR
    {
        internal new long Value;
    }

    internal class RRRR : RRR
    {
        internal new object? Value;
    }

    internal sealed class NNNNMore : NNNN
    {
        internal new object? Value;
    }

    internal sealed class NNNRMore : NNNR
    {
        internal new object? Value;
    }

    internal sealed class NNRNMore : NNRN
    {
        internal new object? Value;
    }

    internal sealed class NNRRMore : NNRR
    {
        internal new object? Value;
    }

    internal sealed class NRNNMore : NRNN
    {
        internal new object? Value;
    }

    internal sealed class NRNRMore : NRNR
    {
        internal new object? Value;
    }

    internal sealed class NRRNMore : NRRN
    {
        internal new object? Value;
    }

    internal sealed class NRRRMore : NRRR
    {
        internal new object? Value;
    }

    internal sealed class RNNNMore : RNNN
    {
        internal new object? Value;
    }

    internal sealed class RNNRMore : RNNR
    {
        internal new object? Value;
    }

    internal sealed class RNRNMore : RNRN
    {
        internal new object? Value;
    }

    internal sealed class RNRRMore : RNRR
    {
        internal new object? Value;
    }

    internal sealed class RRNNMore : RRNN
    {
        internal new object? Value;
    }

    internal sealed class RRNRMore : RRNR
    {
        internal new object? Value;
    }

    internal sealed class RRRNMore : RRRN
    {
        internal new object? Value;
    }

    internal sealed class RRRRMore : RRRR
    {
        internal new object? Value;
    }
}
