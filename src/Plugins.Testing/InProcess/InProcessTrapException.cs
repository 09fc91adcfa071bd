namespace Plugins.Testing.InProcess;

/// <summary>How <see cref="InProcessRuntime"/> ends a guest that traps.</summary>
internal sealed class InProcessTrapException() : Exception("the plugin ended itself");
