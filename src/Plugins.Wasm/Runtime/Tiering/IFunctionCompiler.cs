namespace Plugins.Wasm.Runtime.Tiering;

/// <summary>Makes machine code of a module's functions.</summary>
/// <remarks>Used by one thread at a time.</remarks>
internal interface IFunctionCompiler
{
    /// <summary>Compiles functions, callees before their callers as far as that goes.</summary>
    /// <param name="functions">Their indices among the module's own, in that order; none was compiled before.</param>
    /// <param name="cancellationToken">Stops it between two functions; what is not done then has no outcome.</param>
    /// <returns>What became of each.</returns>
    IEnumerable<CompilationOutcome> Compile(IReadOnlyList<int> functions, CancellationToken cancellationToken);

    /// <summary>Compiles a function that is to be entered at one of its loops.</summary>
    /// <param name="function">Its index among the module's own.</param>
    /// <param name="loop">The loop's offset in the module.</param>
    CompilationOutcome CompileLoop(int function, int loop);

    /// <summary>The module's own functions that a function calls directly.</summary>
    /// <param name="function">Its index among the module's own.</param>
    IReadOnlyList<int> CalleesOf(int function);
}
