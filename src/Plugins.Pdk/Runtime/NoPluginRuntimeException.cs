namespace Plugins.Pdk.Runtime;

/// <summary>Plugin code ran without a host.</summary>
public sealed class NoPluginRuntimeException : InvalidOperationException
{
    internal NoPluginRuntimeException()
        : base("This code of a plugin has no host to talk to on this thread. As WebAssembly it runs in one; in a test, "
            + "call the plugin through the package Plugins.Testing, or enter a PluginRuntime of your own.")
    {
    }
}
