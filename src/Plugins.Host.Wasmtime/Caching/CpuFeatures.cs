using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Plugins.Host.Wasmtime.Caching;

/// <summary>The instruction sets of this processor that Cranelift may use, as text.</summary>
/// <remarks>
/// What .NET does not tell apart, the library checks once more: it refuses code for features that the processor lacks.
/// </remarks>
internal static class CpuFeatures
{
    internal static string Text { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{RuntimeInformation.ProcessArchitecture}:{string.Concat(All.Select(has => has ? '1' : '0'))}");

    private static IEnumerable<bool> All =>
    [
        Sse3.IsSupported, Ssse3.IsSupported, Sse41.IsSupported, Sse42.IsSupported, Popcnt.IsSupported,
        Avx.IsSupported, Avx2.IsSupported, Fma.IsSupported, Bmi1.IsSupported, Bmi2.IsSupported, Lzcnt.IsSupported,
        Avx512F.IsSupported, Avx512F.VL.IsSupported, Avx512BW.IsSupported, Avx512CD.IsSupported,
        Avx512DQ.IsSupported, Avx512Vbmi.IsSupported,
        AdvSimd.IsSupported, ArmBase.IsSupported, Dp.IsSupported, Rdm.IsSupported, Sha256.IsSupported,
        Crc32.IsSupported,
    ];
}
