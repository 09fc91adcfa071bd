namespace Plugins.Host.Wasmtime.Native;

/// <summary>A part of WebAssembly that the library can switch on and off.</summary>
/// <param name="Setting">The setting's name in the C API, without what all of them have around it.</param>
/// <param name="Feature">The name that toolchains and manifests use.</param>
internal sealed record Proposal(string Setting, string Feature)
{
    /// <summary>Whether modules may use it.</summary>
    internal bool IsOn { get; init; }

    /// <summary>Whether version 48 lacks the setting, and the proposal with it.</summary>
    internal bool IsNewer { get; init; }
}
