using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Benchmarking;

internal sealed class BenchCommandTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public void Bench_OfAFunction_Measures()
    {
        var json = Bench("--json").Json;
        Assert.That(json.GetProperty("calls").GetInt64(), Is.EqualTo(100));
        Assert.That(json.GetProperty("callsPerSecond").GetDouble(), Is.Positive);
        Assert.That(json.GetProperty("fuelPerCall").GetInt64(), Is.Positive);
        var percentiles = new[] { "p50Ms", "p95Ms", "p99Ms", "maximumMs" }.Select(
            name => json.GetProperty(name).GetDouble());
        Assert.That(percentiles, Is.Ordered);
        Assert.That(json.GetProperty("slowFunctions").GetArrayLength(), Is.Zero);
        Assert.That(json.GetProperty("functions").GetProperty("optimized").GetInt32(), Is.Positive);
    }

    [Test]
    public void Bench_OfAHugeFunction_TellsWhyItIsSlow()
    {
        // It multiplies a local by three, more often than the compiler optimizes.
        byte[] one = [0x20, 0, 0x41, 3, 0x6C, 0x21, 0];
        byte[] body = [1, 1, 0x7F, .. Enumerable.Repeat(one, 100_000).SelectMany(code => code), 0x20, 0, 0x0B];
        _desk.Put("huge.wasm", WasmBytes.Plugin("run", body));
        Assert.That(
            _desk.Run("bench", "huge.wasm", "run", "", "--calls", "1").Output,
            Does.Contain("Slow: not optimized").And.Contain("run: "));
    }

    [Test]
    public void Bench_OfTheSameInput_UsesTheSameFuelWithAnyNumberOfThreads()
    {
        var one = Bench("--json").Json.GetProperty("fuelPerCall").GetInt64();
        Assert.That(Bench("--json", "--parallel", "4").Json.GetProperty("fuelPerCall").GetInt64(), Is.EqualTo(one));
    }

    [TestCase("""{ "fuelPerCall": 100000 }""", 0)]
    [TestCase("""{ "fuelPerCall": 1 }""", 1)]
    [TestCase("""{ "callsPerSecond": 1 }""", 0)]
    [TestCase("""{ "callsPerSecond": 1e12 }""", 1)]
    [TestCase("""{ "p50Ms": 60000, "p95Ms": 60000, "p99Ms": 60000, "memoryBytes": 65536 }""", 0)]
    [TestCase("""{ "memoryBytes": 65535 }""", 1)]
    [TestCase("""{ "fuel": 1 }""", 2)]
    [TestCase("""{ "fuelPerCall": "much" }""", 2)]
    [TestCase("""{ "fuelPerCall": -1 }""", 2)]
    [TestCase("{", 2)]
    [TestCase("""{ "\ud800": 1 }""", 2)]
    public void Bench_AgainstABudget_TellsByItsExitCode(string budget, int exitCode)
    {
        _desk.Put("budget.json", budget);
        var run = Bench("--budget", "budget.json");
        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.ToString());
    }

    [TestCase("""{ "fuelPerCal": 1 }""", "fuelPerCal: there is no such field (did you mean 'fuelPerCall'?)")]
    [TestCase("""{ "cost": 1 }""", "the fields are fuelPerCall, memoryBytes, ")]
    [TestCase("{\n  \"p50Ms\" 1 }", "budget.json:2:11: not valid JSON")]
    public void Bench_WithABrokenBudget_NamesThePlaceOrTheName(string budget, string expected)
    {
        _desk.Put("budget.json", budget);
        Assert.That(Bench("--budget", "budget.json").Errors, Does.Contain(expected));
    }

    [Test]
    public void Bench_OverItsBudget_NamesTheLine()
    {
        _desk.Put("budget.json", """{ "fuelPerCall": 1 }""");
        Assert.That(Bench("--budget", "budget.json").Output,
            Does.Contain("EXCEEDED  fuelPerCall").And.Contain("at most 1"));
    }

    [TestCase("--duration", "5")]
    [TestCase("--duration", "2000m")]
    [TestCase("--calls", "none")]
    [TestCase("--parallel", "0")]
    [TestCase("--parallel", "many")]
    public void Bench_WithAWrongFigure_Refuses(string option, string value)
    {
        Assert.That(Bench(option, value).ExitCode, Is.EqualTo(2));
    }

    [Test]
    public void Bench_OfAFunctionThatFails_Fails()
    {
        Assert.That(_desk.PutPlugin("q", Plugin.Shout).Run("bench", "q", "shout", "").ExitCode, Is.EqualTo(1));
    }

    private CommandRun Bench(params string[] options) => _desk.PutPlugin("p", Plugin.Shout).Run(
        ["bench", "p", "shout", "hello", "--warm-up", "0ms", .. options.Contains("--calls") ? []
            : new[] { "--calls", "100" }, .. options]);
}
