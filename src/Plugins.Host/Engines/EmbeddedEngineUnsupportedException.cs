namespace Plugins.Host.Engines;

/// <summary>The embedded engine cannot run in an application compiled ahead of time.</summary>
/// <remarks>
/// Thrown when a host is made with that engine, and when it is given a module. Applications that were compiled ahead of
/// time (NativeAOT) are such.
/// </remarks>
public sealed class EmbeddedEngineUnsupportedException : PlatformNotSupportedException
{
    internal EmbeddedEngineUnsupportedException()
        : base("The embedded engine compiles plugins to .NET code while the application runs, which an application "
            + "compiled ahead of time (NativeAOT) cannot do. Add the package Plugins.Host.Wasmtime, and call "
            + "UseWasmtime() on the host's options.")
    {
    }
}
