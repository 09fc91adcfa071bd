namespace Plugins.Wasi;

/// <summary>Ends a guest that called <c>proc_exit</c>; it passes through the guest to whoever called it.</summary>
public sealed class WasiExitException(uint code) : Exception($"The guest has exited with the code {code}.")
{
    /// <summary>The code that it exits with; 0 for success.</summary>
    public uint Code { get; } = code;
}
