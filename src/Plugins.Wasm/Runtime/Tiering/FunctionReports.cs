using Plugins.Wasm.Diagnostics;

namespace Plugins.Wasm.Runtime.Tiering;

/// <summary>What can be told of a module's functions.</summary>
internal static class FunctionReports
{
    internal static FunctionReport[] Of(Module module)
    {
        var reports = new FunctionReport[module.Binary.Bodies.Length];
        int imported = module.Binary.ImportedFunctionCount;
        for (int i = 0; i < reports.Length; i++)
        {
            CompilationOutcome? outcome = module.Tiers.OutcomeOf(i);
            reports[i] = new FunctionReport(imported + i, outcome?.Tier ?? CompilationTier.Interpreted)
            {
                Reason = outcome?.Reason,
                ILBytes = outcome?.ILBytes ?? 0,
                Methods = outcome?.Methods ?? 0,
                FrameBytes = outcome?.FrameBytes ?? 0,
                InterpretedCalls = module.Interpretation.CallsOf(i, module.Tiers.Options.Calls),
                CompilationTime = outcome?.Time ?? TimeSpan.Zero,
            };
        }

        return reports;
    }
}
