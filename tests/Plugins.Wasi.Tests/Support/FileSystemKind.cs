namespace Plugins.Wasi.Tests.Support;

/// <summary>What the same facts are held against.</summary>
public enum FileSystemKind
{
    Memory,

    /// <summary>A directory of the host, with the kernel's own resolution.</summary>
    Host,

    /// <summary>A directory of the host, with the walk of old kernels.</summary>
    HostWalk,
}
