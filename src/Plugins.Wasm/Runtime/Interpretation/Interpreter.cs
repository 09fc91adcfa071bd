namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Runs functions of a guest without generating code.</summary>
internal static unsafe class Interpreter
{
    /// <summary>Calls a function of a guest.</summary>
    /// <param name="instance">Whose function.</param>
    /// <param name="function">Its index in the module, not an imported one's.</param>
    /// <param name="slots">
    /// The arguments, in slots of the store's <see cref="InterpreterStack"/> from its <c>Top</c>; the results replace
    /// them. A 32-bit value has zeros in its upper half; a reference stands at <see cref="InterpreterStack.ReferenceAt"/>.
    /// </param>
    /// <param name="depth">How many calls may nest, this one included.</param>
    internal static void Run(Instance instance, int function, ulong* slots, int depth) =>
        throw new NotSupportedException();
}
