using System.Diagnostics;
using System.Globalization;
using Plugins.Fuzz.Tests.Comparing;
using Plugins.Fuzz.Tests.Engines;
using Plugins.Fuzz.Tests.Engines.V8;
using Plugins.Fuzz.Tests.Generation;
using Plugins.Fuzz.Tests.Native;

namespace Plugins.Fuzz.Tests;

/// <summary>What <c>eng/fuzz.sh</c> starts.</summary>
internal static class Program
{
    private const int MismatchExitCode = 3;

    public static int Main(string[] arguments)
    {
        if (arguments is ["tools"])
        {
            Console.Out.WriteLine(Tools.WasmTools);
            return 0;
        }

        using var engine = new WasmtimeEngine(new WasmtimeApi(), epochs: false, fuel: false, GuestLimits.StackBytes);
        return arguments switch
        {
            ["run" or "mutate" or "text", var from, var count] => Run(engine, arguments[0], from, count),
            ["check", var file] => Check(engine, file, "0"),
            ["check", var file, var seed] => Check(engine, file, seed),
            _ => throw new ArgumentException(
                "run FROM COUNT, mutate FROM COUNT, text FROM COUNT or check FILE [SEED]", nameof(arguments)),
        };
    }

    private static int Run(WasmtimeEngine engine, string mode, string from, string count)
    {
        string tools = Tools.WasmTools ?? throw new FileNotFoundException("PLUGINS_WASM_TOOLS names none.");
        var run = new FuzzRun(engine, tools, mode == "run" ? Tools.Node : null, Console.Error);
        var watch = Stopwatch.StartNew();
        long first = long.Parse(from, CultureInfo.InvariantCulture);
        int seeds = int.Parse(count, CultureInfo.InvariantCulture);
        Tally tally = mode switch
        {
            "run" => run.Execute(first, seeds),
            "mutate" => run.Mutate(first, seeds),
            _ => run.Text(first, seeds),
        };
        Action<TextWriter> write = mode == "run" ? tally.WriteRun : tally.WriteMutations;
        write(Console.Out);
        Console.Out.WriteLine($"seconds      {watch.Elapsed.TotalSeconds:F0}");
        foreach (Mismatch mismatch in tally.Mismatches.Take(50))
        {
            string path = mismatch.Save(Path.Combine(Tools.Repository, "artifacts", "fuzz"));
            Console.Out.WriteLine($"{path}: {mismatch.What}");
        }

        return tally.Mismatches.Count == 0 ? 0 : MismatchExitCode;
    }

    // On a thread as large as in a run, so that both give the same answer.
    private static int Check(WasmtimeEngine engine, string file, string seed)
    {
        long number = long.Parse(seed, CultureInfo.InvariantCulture);
        using V8Process? v8 = Tools.Node is null ? null : new V8Process(Tools.Node);
        string? what = null;
        byte[] module = File.ReadAllBytes(file);
        var thread = new Thread(
            () => what = new ValidatorDuel(engine, new Tally()).Compare(module)
                ?? new Duel(engine, v8, new Tally()).Run(module, number),
            GuestLimits.ThreadStackBytes);
        thread.Start();
        thread.Join();
        Console.Out.WriteLine(what ?? "The engines agree.");
        return what is null ? 0 : MismatchExitCode;
    }
}
