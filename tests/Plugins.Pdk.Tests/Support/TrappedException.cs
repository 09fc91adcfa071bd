namespace Plugins.Pdk.Tests.Support;

/// <summary>How <see cref="MemoryRuntime"/> ends a guest.</summary>
internal sealed class TrappedException : Exception;
