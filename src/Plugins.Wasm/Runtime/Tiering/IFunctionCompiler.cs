namespace Plugins.Wasm.Runtime.Tiering;

/// <summary>Makes machine code of a module's functions.</summary>
/// <remarks>Used by one thread at a time.</remarks>
internal interface IFunctionCompiler
{
    /// <summary>Compiles functions, which call each other and what was compiled before directly if they can.</summary>
    /// <param name="functions">Their indices among the module's own; none was compiled before.</param>
    /// <param name="threads">How many may compile at once, with this one.</param>
    /// <param name="cancellationToken">Stops it between two functions; then nothing has become of any.</param>
    /// <returns>What became of each.</returns>
    IReadOnlyList<CompilationOutcome> Compile(
        IReadOnlyList<int> functions, int threads, CancellationToken cancellationToken);

    /// <summary>Compiles a function that is to be entered at one of its loops.</summary>
    /// <param name="function">Its index among the module's own.</param>
    /// <param name="loop">The loop's offset in the module.</param>
    CompilationOutcome CompileLoop(int function, int loop);

    /// <summary>The module's own functions that a function calls directly.</summary>
    /// <param name="function">Its index among the module's own.</param>
    IReadOnlyList<int> CalleesOf(int function);

    /// <summary>Whether calls of a function become direct only where it was compiled before the caller.</summary>
    /// <param name="function">Its index among the module's own.</param>
    /// <returns>A guess that is cheap to make.</returns>
    bool IsLikelyLarge(int function);
}
