using Plugins.Manifest;

namespace Plugins.Testing.Loading;

/// <summary>The limits that a manifest asks for, some of them replaced by a test.</summary>
internal static class MergedLimits
{
    internal static RequestedLimits Of(RequestedLimits own, RequestedLimits test) => new()
    {
        Fuel = test.Fuel ?? own.Fuel,
        WallTimeMilliseconds = test.WallTimeMilliseconds ?? own.WallTimeMilliseconds,
        MemoryPages = test.MemoryPages ?? own.MemoryPages,
        TableElements = test.TableElements ?? own.TableElements,
        StackBytes = test.StackBytes ?? own.StackBytes,
        CallDepth = test.CallDepth ?? own.CallDepth,
        InputBytes = test.InputBytes ?? own.InputBytes,
        OutputBytes = test.OutputBytes ?? own.OutputBytes,
        ErrorBytes = test.ErrorBytes ?? own.ErrorBytes,
        LogBytes = test.LogBytes ?? own.LogBytes,
        CapabilityBytes = test.CapabilityBytes ?? own.CapabilityBytes,
        HostCalls = test.HostCalls ?? own.HostCalls,
    };
}
