namespace Plugins.Wasm.Tests.Runtime.Support;

/// <summary>What the system refuses to do with pages.</summary>
[Flags]
internal enum SystemFault
{
    None = 0,
    Decommit = 1,
    Discard = 2,
    Residency = 4,
    All = Decommit | Discard | Residency,
}
