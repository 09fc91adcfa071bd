namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>The instructions of the interpreter.</summary>
internal enum Operation : ushort
{
    /// <summary>Stands at the start of every function that was not translated yet.</summary>
    Translate,
}
