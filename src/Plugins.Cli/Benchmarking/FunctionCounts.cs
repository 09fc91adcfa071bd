using System.ComponentModel;
using Plugins.Cli.Terminals;
using Plugins.Host.Engines;
using Plugins.Wasm.Diagnostics;

namespace Plugins.Cli.Benchmarking;

/// <summary>A module's functions, by how they are run.</summary>
internal sealed record FunctionCounts
{
    [Description("Functions that are compiled with all optimizations.")]
    public required int Optimized { get; init; }

    [Description("Functions that are compiled without optimization.")]
    public required int Unoptimized { get; init; }

    [Description("Functions that are interpreted, or were never called.")]
    public required int Interpreted { get; init; }

    [Description("The time that compiling them took in the background, in milliseconds.")]
    public required double CompilationMs { get; init; }

    internal static FunctionCounts? Of(IReadOnlyList<FunctionDiagnostics> functions)
    {
        return functions.Count == 0 ? null : new FunctionCounts
        {
            Optimized = Count(CompilationTier.Optimized),
            Unoptimized = Count(CompilationTier.Unoptimized),
            Interpreted = Count(CompilationTier.Interpreted),
            CompilationMs = functions.Sum(function => function.CompilationTime.TotalMilliseconds),
        };

        int Count(CompilationTier tier) => functions.Count(function => function.Tier == tier);
    }

    public override string ToString()
    {
        var compiled = Page.Count(Optimized + Unoptimized, "function");
        return $"{compiled} compiled in {Page.Time(CompilationMs)}, {Page.Number(Interpreted)} interpreted";
    }
}
