namespace Plugins.Wasm.Tests.Runtime.Support;

/// <summary>What the system refuses to do with pages.</summary>
[Flags]
internal enum SystemFault
{
    None = 0,
    Decommit = 1,
    Discard = 2,
    Residency = 4,
    Contents = 8,
    MovesPages = 16,
    Knowledge = Residency | Contents,
    All = Decommit | Discard | Knowledge,
}
