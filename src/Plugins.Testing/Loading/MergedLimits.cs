using System.Runtime.CompilerServices;
using Plugins.Host;
using Plugins.Host.Limits;
using Plugins.Manifest;

namespace Plugins.Testing.Loading;

/// <summary>The limits that a manifest asks for, some of them replaced by a test.</summary>
internal static class MergedLimits
{
    /// <exception cref="ArgumentOutOfRangeException">
    /// The test asks for more than the host's ceiling, which would be cut without a word.
    /// </exception>
    internal static RequestedLimits Of(RequestedLimits own, RequestedLimits test, PluginLimits ceiling) => new()
    {
        Fuel = Pick(test.Fuel, own.Fuel, ceiling.Fuel),
        WallTimeMilliseconds = Pick(
            test.WallTimeMilliseconds, own.WallTimeMilliseconds, (long)ceiling.WallTime.TotalMilliseconds),
        MemoryPages = Pick(test.MemoryPages, own.MemoryPages, ceiling.MemoryPages),
        TableElements = Pick(test.TableElements, own.TableElements, ceiling.TableElements),
        StackBytes = Pick(test.StackBytes, own.StackBytes, ceiling.StackBytes),
        CallDepth = Pick(test.CallDepth, own.CallDepth, ceiling.CallDepth),
        InputBytes = Pick(test.InputBytes, own.InputBytes, ceiling.InputBytes),
        OutputBytes = Pick(test.OutputBytes, own.OutputBytes, ceiling.OutputBytes),
        StreamedInputBytes = Pick(test.StreamedInputBytes, own.StreamedInputBytes, ceiling.StreamedInputBytes),
        StreamedOutputBytes = Pick(test.StreamedOutputBytes, own.StreamedOutputBytes, ceiling.StreamedOutputBytes),
        ErrorBytes = Pick(test.ErrorBytes, own.ErrorBytes, ceiling.ErrorBytes),
        LogBytes = Pick(test.LogBytes, own.LogBytes, ceiling.LogBytes),
        CapabilityBytes = Pick(
            test.CapabilityBytes,
            own.CapabilityBytes,
            Math.Max(ceiling.CapabilityRequestBytes, ceiling.CapabilityResultBytes)),
        HostCalls = Pick(test.HostCalls, own.HostCalls, ceiling.HostCalls),
    };

    private static long? Pick(
        long? test, long? own, long ceiling, [CallerArgumentExpression(nameof(test))] string name = "") =>
        test is not long asked || asked <= ceiling ? test ?? own : throw new ArgumentOutOfRangeException(
            name, asked, $"The test's limit is above {nameof(PluginHostOptions.MaximumLimits)}, which is {ceiling}.");
}
