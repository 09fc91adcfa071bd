using System.Diagnostics;
using Plugins.Fuzz.Tests.Engines;
using Plugins.Fuzz.Tests.Generation;
using Plugins.Fuzz.Tests.Native;

namespace Plugins.Fuzz.Tests.Comparing;

/// <summary>Goes through a range of seeds on every processor, and adds up what was seen.</summary>
/// <param name="engine">The library to compare with.</param>
/// <param name="wasmTools">The generator.</param>
/// <param name="log">Takes a line from time to time; null for none.</param>
internal sealed class FuzzRun(WasmtimeEngine engine, string wasmTools, TextWriter? log)
{
    private readonly Lock _lock = new();
    private readonly Tally _total = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _next;
    private long _end;
    private long _done;

    /// <summary>Random modules, run on both engines.</summary>
    internal Tally Execute(long from, int count) => Work(from, count, (module, seed, tally) =>
        new Duel(engine, tally).Run(module, seed) is { } what ? [new Mismatch(seed, module, what)] : []);

    /// <summary>Mutated modules, given to both validators.</summary>
    internal Tally Mutate(long from, int count) => Work(from, count, (module, seed, tally) =>
        new ValidatorDuel(engine, tally).Run(module, seed));

    private Tally Work(long from, int count, Func<byte[], long, Tally, IEnumerable<Mismatch>> compare)
    {
        _next = from;
        _end = from + count;
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ =>
            new Thread(() => WorkOnThread(compare), GuestLimits.ThreadStackBytes))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return _total;
    }

    private void WorkOnThread(Func<byte[], long, Tally, IEnumerable<Mismatch>> compare)
    {
        var tally = new Tally();
        for (long seed; (seed = Interlocked.Increment(ref _next) - 1) < _end;)
        {
            Compare(seed, tally, compare);
            Report(Interlocked.Increment(ref _done));
        }

        lock (_lock)
        {
            _total.Add(tally);
        }
    }

    private void Compare(long seed, Tally tally, Func<byte[], long, Tally, IEnumerable<Mismatch>> compare)
    {
        byte[] module = [];
        try
        {
            if (RandomModule.Generate(wasmTools, seed) is { } generated)
            {
                module = generated;
                tally.Mismatches.AddRange(compare(module, seed, tally));
            }
        }
        catch (Exception exception)
        {
            tally.Mismatches.Add(new Mismatch(seed, module, $"not a typed exception: {exception}"));
        }
    }

    private void Report(long done)
    {
        if (done % 1_000 == 0)
        {
            log?.WriteLine($"{done} seeds, {_watch.Elapsed.TotalSeconds:F0} s");
        }
    }
}
