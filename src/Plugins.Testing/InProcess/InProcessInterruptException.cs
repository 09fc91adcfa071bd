namespace Plugins.Testing.InProcess;

/// <summary>How <see cref="InProcessRuntime"/> ends a guest that its host stops.</summary>
internal sealed class InProcessInterruptException() : Exception("the plugin was stopped");
