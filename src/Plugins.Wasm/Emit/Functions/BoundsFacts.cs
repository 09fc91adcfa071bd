namespace Plugins.Wasm.Emit.Functions;

/// <summary>Which accesses through a wasm local were already found to be in bounds.</summary>
/// <remarks>
/// A memory never shrinks while code runs, so what was in bounds stays so as long as the local keeps its value. Facts
/// hold along straight-line code, into blocks, and after a block if they held before it and the local was not set in
/// it; a loop starts with none. All operations together take time linear in the code.
/// </remarks>
internal sealed class BoundsFacts
{
    private readonly Dictionary<int, Fact> _facts = [];
    private readonly Dictionary<int, long> _lastSet = [];
    private readonly List<(int Local, Fact Before)> _log = [];
    private int _generation = 1;
    private long _clock;

    /// <summary>A moment to come back to.</summary>
    internal readonly record struct Mark(int LogLength, int Generation, long Clock);

    private readonly record struct Fact(ulong Extent, int Generation);

    /// <summary>Whether the bytes below <paramref name="extent"/> from the local's address are in bounds.</summary>
    public bool Covers(int local, ulong extent) =>
        _facts.TryGetValue(local, out Fact fact) && fact.Generation == _generation && fact.Extent >= extent;

    public void Add(int local, ulong extent) => Change(local, new Fact(extent, _generation));

    /// <summary>Forgets a local that is set.</summary>
    public void Set(int local)
    {
        // A local through which nothing was ever checked has nothing to forget.
        if (_facts.ContainsKey(local))
        {
            _lastSet[local] = ++_clock;
            Change(local, default);
        }
    }

    /// <summary>Forgets everything, where a loop begins.</summary>
    public void Clear() => _generation++;

    public Mark TakeMark() => new(_log.Count, _generation, _clock);

    /// <summary>Goes back to what held at a moment, less the locals set since.</summary>
    public void Return(Mark mark)
    {
        for (int i = _log.Count - 1; i >= mark.LogLength; i--)
        {
            (int local, Fact before) = _log[i];
            _facts[local] = _lastSet.GetValueOrDefault(local) > mark.Clock ? default : before;
        }

        _log.RemoveRange(mark.LogLength, _log.Count - mark.LogLength);
        _generation = mark.Generation;
    }

    private void Change(int local, Fact fact)
    {
        _log.Add((local, _facts.GetValueOrDefault(local)));
        _facts[local] = fact;
    }
}
