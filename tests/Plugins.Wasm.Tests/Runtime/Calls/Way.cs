namespace Plugins.Wasm.Tests.Runtime.Calls;

/// <summary>The ways by which a call reaches a host function.</summary>
public enum Way
{
    /// <summary>The function has no code: arguments are in slots.</summary>
    Slots,

    /// <summary>The function has code of its own.</summary>
    Code,

    /// <summary>A compiled guest passes the call on.</summary>
    CompiledGuest,

    /// <summary>An interpreted guest passes the call on.</summary>
    InterpretedGuest,
}
