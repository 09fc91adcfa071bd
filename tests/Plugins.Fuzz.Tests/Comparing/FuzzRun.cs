using System.Diagnostics;
using Plugins.Fuzz.Tests.Engines;
using Plugins.Fuzz.Tests.Engines.V8;
using Plugins.Fuzz.Tests.Generation;
using Plugins.Fuzz.Tests.Native;

namespace Plugins.Fuzz.Tests.Comparing;

/// <summary>Goes through a range of seeds on every processor, and adds up what was seen.</summary>
/// <param name="engine">The library to compare with.</param>
/// <param name="wasmTools">The generator.</param>
/// <param name="node">What runs modules on V8, too; null for none.</param>
/// <param name="log">Takes a line from time to time; null for none.</param>
internal sealed class FuzzRun(WasmtimeEngine engine, string wasmTools, string? node, TextWriter? log)
{
    private delegate IEnumerable<Mismatch> Comparison(byte[] module, long seed, V8Process? v8, Tally tally);

    private readonly Lock _lock = new();
    private readonly Tally _total = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private Func<string, long, byte[]?> _generate = RandomModule.Generate;
    private long _next;
    private long _end;
    private long _done;

    /// <summary>Random modules, run on both engines.</summary>
    internal Tally Execute(long from, int count) => Work(from, count, (module, seed, v8, tally) =>
        new Duel(engine, v8, tally).Run(module, seed) is { } what ? [new Mismatch(seed, module, what)] : []);

    /// <summary>Mutated modules, given to both validators.</summary>
    internal Tally Mutate(long from, int count) => Work(from, count, (module, seed, _, tally) =>
        new ValidatorDuel(engine, tally).Run(module, seed));

    /// <summary>Modules of all features as text, held against <c>wasm-tools</c>, and changed.</summary>
    internal Tally Text(long from, int count)
    {
        _generate = RichModule.Generate;
        return Work(from, count, (module, seed, _, tally) =>
        {
            var duel = new TextDuel(wasmTools, tally);
            return duel.Compare(module) is { } what
                ? [new Mismatch(seed, module, what)]
                : duel.Mutate(module, seed);
        });
    }

    private Tally Work(long from, int count, Comparison compare)
    {
        _next = from;
        _end = from + count;
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ =>
            new Thread(() => WorkOnThread(compare), GuestLimits.ThreadStackBytes))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return _total;
    }

    private void WorkOnThread(Comparison compare)
    {
        var tally = new Tally();
        using V8Process? v8 = node is null ? null : new V8Process(node);
        for (long seed; (seed = Interlocked.Increment(ref _next) - 1) < _end;)
        {
            Compare(seed, v8, tally, compare);
            Report(Interlocked.Increment(ref _done));
        }

        lock (_lock)
        {
            _total.Add(tally);
        }
    }

    private void Compare(long seed, V8Process? v8, Tally tally, Comparison compare)
    {
        byte[] module = [];
        try
        {
            if (_generate(wasmTools, seed) is { } generated)
            {
                module = generated;
                tally.Mismatches.AddRange(compare(module, seed, v8, tally));
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
