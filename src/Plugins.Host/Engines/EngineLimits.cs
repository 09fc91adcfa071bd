namespace Plugins.Host.Engines;

/// <summary>Limits for one instance, fixed for its life.</summary>
/// <param name="MemoryPages">Pages of 64 KiB, all memories together.</param>
/// <param name="TableElements">Elements, all tables together.</param>
/// <param name="StackBytes">Bytes of native stack for guest frames.</param>
/// <param name="CallDepth">Guest calls inside guest calls.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record EngineLimits(uint MemoryPages, uint TableElements, int StackBytes, int CallDepth);
