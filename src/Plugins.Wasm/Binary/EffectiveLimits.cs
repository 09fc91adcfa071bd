namespace Plugins.Wasm.Binary;

/// <summary>The limits in force: those given, as far as they are within the ceiling.</summary>
internal static class EffectiveLimits
{
    public static ModuleLimits Of(ModuleLimits given)
    {
        ModuleLimits ceiling = ModuleLimits.Default;
        return ReferenceEquals(given, ceiling) ? ceiling : new ModuleLimits
        {
            ModuleBytes = Least(given.ModuleBytes, ceiling.ModuleBytes),
            Types = Least(given.Types, ceiling.Types),
            Functions = Least(given.Functions, ceiling.Functions),
            Imports = Least(given.Imports, ceiling.Imports),
            Exports = Least(given.Exports, ceiling.Exports),
            Globals = Least(given.Globals, ceiling.Globals),
            Tables = Least(given.Tables, ceiling.Tables),
            Memories = Least(given.Memories, ceiling.Memories),
            DataSegments = Least(given.DataSegments, ceiling.DataSegments),
            ElementSegments = Least(given.ElementSegments, ceiling.ElementSegments),
            TableElements = Least(given.TableElements, ceiling.TableElements),
            MemoryPages = Least(given.MemoryPages, ceiling.MemoryPages),
            FunctionBodyBytes = Least(given.FunctionBodyBytes, ceiling.FunctionBodyBytes),
            Locals = Least(given.Locals, ceiling.Locals),
            Operands = Least(given.Operands, ceiling.Operands),
            Parameters = Least(given.Parameters, ceiling.Parameters),
            Results = Least(given.Results, ceiling.Results),
            BranchTableTargets = Least(given.BranchTableTargets, ceiling.BranchTableTargets),
            NestingDepth = Least(given.NestingDepth, ceiling.NestingDepth),
            CodeExpansion = Least(given.CodeExpansion, ceiling.CodeExpansion),
            NameBytes = Least(given.NameBytes, ceiling.NameBytes),
        };
    }

    // A negative limit allows as much as zero does.
    private static int Least(int given, int ceiling) => Math.Clamp(given, 0, ceiling);
}
