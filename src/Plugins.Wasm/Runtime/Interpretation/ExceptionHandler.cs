namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>What a part of a function's instructions does with an exception.</summary>
/// <param name="Start">The first cell that it is for.</param>
/// <param name="End">The cell after the last.</param>
/// <param name="Depth">How many blocks are around its block.</param>
/// <param name="Tag">The tag of the exceptions it takes, or <see cref="All"/> or <see cref="Delegates"/>.</param>
/// <param name="Pad">
/// The cell to go on at; for <see cref="Delegates"/>, how many blocks at the most are around those that are asked
/// next.
/// </param>
/// <param name="Payload">The slot of the first value.</param>
/// <param name="Reference">The slot of a reference to the exception; negative where none is wanted.</param>
internal readonly record struct ExceptionHandler(
    int Start, int End, int Depth, int Tag, int Pad, int Payload, int Reference)
{
    public const int All = -1;
    public const int Delegates = -2;
}
