namespace Plugins.Wasm.Runtime.Tiering;

/// <summary>How far a function has come.</summary>
internal enum FunctionState : byte
{
    /// <summary>It is interpreted, or was not called yet.</summary>
    Interpreted,

    /// <summary>It is interpreted, and waits for being compiled.</summary>
    Queued,

    /// <summary>It is compiled.</summary>
    Compiled,

    /// <summary>It is interpreted and never will be compiled.</summary>
    Refused,
}
