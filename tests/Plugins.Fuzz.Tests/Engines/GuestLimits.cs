namespace Plugins.Fuzz.Tests.Engines;

/// <summary>The same for both engines, so that growth succeeds or fails in both.</summary>
internal static class GuestLimits
{
    internal const int MemoryPages = 64;
    internal const int TableElements = 1_000_000;

    /// <summary>More than the generated modules' own limit on calls can use up, but for very large frames.</summary>
    internal const int StackBytes = 32 << 20;
    internal const int CallDepth = 100_000;
    internal const int ThreadStackBytes = 96 << 20;
}
