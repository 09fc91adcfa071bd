namespace Plugins.Wasm.Text.Lexing;

/// <summary>What is wrong with a number.</summary>
internal enum LiteralFault : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is not written as a number.</summary>
    Syntax,

    /// <summary>Its type does not hold it.</summary>
    Range,
}
