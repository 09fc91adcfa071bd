namespace Plugins.Wasm;

public sealed partial record ModuleLimits
{
    // Nobody else's: a configuration binder writes to init-only properties of what it finds.
    private static ModuleLimits Ceiling { get; } = new();

    /// <summary>Limits that are out of range, each in a sentence with its name and its ceiling.</summary>
    /// <returns>Nothing where all limits can be used.</returns>
    /// <remarks>
    /// For whoever reports all faults of a configuration at once. Properties take any number, as an exception of theirs
    /// would end a configuration binder without the path of the setting.
    /// </remarks>
    public IReadOnlyList<string> FindFaults()
    {
        List<string> faults = [];
        foreach ((string name, int value, int ceiling) in Entries())
        {
            if (value < 0 || value > ceiling)
            {
                faults.Add($"{name} is out of range: it must be from 0 to {ceiling}.");
            }
        }

        return faults;
    }

    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range.</exception>
    internal void ThrowIfOutOfRange()
    {
        foreach ((string name, int value, int ceiling) in Entries())
        {
            if (value < 0 || value > ceiling)
            {
                throw new ArgumentOutOfRangeException(
                    name, value, $"{nameof(ModuleLimits)}.{name} must be from 0 to {ceiling}, its ceiling.");
            }
        }
    }

    private IEnumerable<(string Name, int Value, int Ceiling)> Entries()
    {
        yield return (nameof(ModuleBytes), ModuleBytes, Ceiling.ModuleBytes);
        yield return (nameof(Types), Types, Ceiling.Types);
        yield return (nameof(Functions), Functions, Ceiling.Functions);
        yield return (nameof(Imports), Imports, Ceiling.Imports);
        yield return (nameof(Exports), Exports, Ceiling.Exports);
        yield return (nameof(Globals), Globals, Ceiling.Globals);
        yield return (nameof(Fields), Fields, Ceiling.Fields);
        yield return (nameof(SubtypingDepth), SubtypingDepth, Ceiling.SubtypingDepth);
        yield return (nameof(Tags), Tags, Ceiling.Tags);
        yield return (nameof(Tables), Tables, Ceiling.Tables);
        yield return (nameof(Memories), Memories, Ceiling.Memories);
        yield return (nameof(DataSegments), DataSegments, Ceiling.DataSegments);
        yield return (nameof(ElementSegments), ElementSegments, Ceiling.ElementSegments);
        yield return (nameof(CustomSections), CustomSections, Ceiling.CustomSections);
        yield return (nameof(TableElements), TableElements, Ceiling.TableElements);
        yield return (nameof(MemoryPages), MemoryPages, Ceiling.MemoryPages);
        yield return (nameof(FunctionBodyBytes), FunctionBodyBytes, Ceiling.FunctionBodyBytes);
        yield return (nameof(Locals), Locals, Ceiling.Locals);
        yield return (nameof(Operands), Operands, Ceiling.Operands);
        yield return (nameof(Parameters), Parameters, Ceiling.Parameters);
        yield return (nameof(Results), Results, Ceiling.Results);
        yield return (nameof(BranchTableTargets), BranchTableTargets, Ceiling.BranchTableTargets);
        yield return (nameof(NestingDepth), NestingDepth, Ceiling.NestingDepth);
        yield return (nameof(NameBytes), NameBytes, Ceiling.NameBytes);
    }
}
