namespace Plugins.Wasm.Tests.Runtime.Support;

/// <summary>How many of the modes tests run in, by the time that they take.</summary>
internal enum ModeSet
{
    All,

    /// <summary>One of each kind.</summary>
    Few,

    /// <summary>The one that the others are compared with.</summary>
    Compiled,
}
