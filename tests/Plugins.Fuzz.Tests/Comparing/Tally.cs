using Plugins.Fuzz.Tests.Engines;

namespace Plugins.Fuzz.Tests.Comparing;

/// <summary>What a run saw; used by one thread, added up at the end.</summary>
internal sealed class Tally
{
    private readonly long[] _outcomes = new long[Enum.GetValues<Trap>().Length];

    internal long Modules { get; set; }

    internal long Instances { get; set; }

    /// <summary>Given up since one of the engines ran out of stack, which they do at different depths.</summary>
    internal long StackDepthDiffered { get; set; }

    /// <summary>Calls that ran out of fuel.</summary>
    internal long Starved { get; set; }

    /// <summary>Functions of tiered modules that were compiled, and calls in a loop that went on compiled.</summary>
    internal long Switched { get; set; }

    internal long SwitchedLoops { get; set; }

    internal long Accepted { get; set; }

    internal long Rejected { get; set; }

    /// <summary>Mutated modules that only the embedded engine refuses, by the listed difference.</summary>
    internal Dictionary<string, long> Stricter { get; } = new(StringComparer.Ordinal);

    internal List<Mismatch> Mismatches { get; } = [];

    internal long Calls => _outcomes.Sum();

    internal long Traps => Calls - _outcomes[(int)Trap.None];

    internal void Count(Trap outcome) => _outcomes[(int)outcome]++;

    internal void CountStricter(string reason) =>
        Stricter[reason] = Stricter.GetValueOrDefault(reason) + 1;

    internal void Add(Tally other)
    {
        for (int i = 0; i < _outcomes.Length; i++)
        {
            _outcomes[i] += other._outcomes[i];
        }

        Modules += other.Modules;
        Instances += other.Instances;
        StackDepthDiffered += other.StackDepthDiffered;
        Starved += other.Starved;
        Switched += other.Switched;
        SwitchedLoops += other.SwitchedLoops;
        Accepted += other.Accepted;
        Rejected += other.Rejected;
        Mismatches.AddRange(other.Mismatches);
        foreach ((string reason, long count) in other.Stricter)
        {
            Stricter[reason] = Stricter.GetValueOrDefault(reason) + count;
        }
    }

    internal void WriteRun(TextWriter output)
    {
        output.WriteLine($"modules      {Modules}");
        output.WriteLine($"instances    {Instances} of each engine and setting");
        output.WriteLine($"calls        {Calls} of each engine and setting");
        foreach (Trap trap in Enum.GetValues<Trap>())
        {
            output.WriteLine($"  {(trap is Trap.None ? "returned" : trap),-18} {_outcomes[(int)trap]}");
        }

        output.WriteLine($"out of fuel  {Starved} more calls, of each mode");
        output.WriteLine($"switched     {Switched} functions, {SwitchedLoops} loops");
        output.WriteLine($"stack depth  {StackDepthDiffered} modules given up");
        output.WriteLine($"mismatches   {Mismatches.Count}");
    }

    internal void WriteMutations(TextWriter output)
    {
        output.WriteLine($"modules      {Modules}");
        output.WriteLine($"accepted     {Accepted} by both");
        output.WriteLine($"rejected     {Rejected} by both");
        foreach ((string reason, long count) in Stricter.OrderByDescending(pair => pair.Value))
        {
            output.WriteLine($"stricter     {count} {reason}");
        }

        output.WriteLine($"mismatches   {Mismatches.Count}");
    }
}
