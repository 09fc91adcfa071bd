using System.Globalization;
using Plugins.Benchmarks.Measuring;
using Plugins.Benchmarks.Questions;

namespace Plugins.Benchmarks.Tables;

/// <summary>All questions of the table, with their targets; each is set up when it is asked for.</summary>
internal static class QuestionList
{
    public static IEnumerable<Func<Question>> All =>
    [
        EmptyCall,
        () => Echo(64, targetRatio: null),
        () => Echo(1_024, targetRatio: null),
        () => Echo(65_536, targetRatio: 2),
        () => Echo(1_048_576, targetRatio: null),
        HostFunction,
        Instantiation,
        () => FreshState(1),
        () => FreshState(3),
        () => FreshState(17),
        () => FirstResult(20),
        () => FirstResult(200),
        Trap,
    ];

    private static Question EmptyCall()
    {
        var question = new EmptyCallBenchmarks();
        question.SetUp();
        return new Question(
            "Call of an empty function",
            new Candidate("C# delegate", question.Delegate),
            new Candidate("engine's typed delegate", question.EngineFunction),
            Within(new Candidate("session", question.Session), nanoseconds: 120, allocatesNothing: true),
            Within(new Candidate("fresh state, one page", question.FreshState), nanoseconds: 2_000));
    }

    private static Question Echo(int bytes, double? targetRatio)
    {
        var question = new EchoBenchmarks { Bytes = bytes };
        question.SetUp();
        var session = new Candidate("session", question.Session);
        return new Question(
            string.Create(CultureInfo.InvariantCulture, $"Echo of {bytes:N0} bytes"),
            new Candidate("copy in, copy out", question.TwoCopies),
            targetRatio is double ratio ? Within(session, ratio) : session,
            new Candidate("fresh state", question.FreshState));
    }

    private static Question HostFunction()
    {
        const int Calls = HostFunctionBenchmarks.Calls;
        var question = new HostFunctionBenchmarks();
        question.SetUp();
        return new Question(
            "Call from guest to host",
            new Candidate("C# delegate from C#", () => question.Delegate(), Calls),
            Within(new Candidate("typed delegate, no arguments", question.WithoutArguments, Calls), nanoseconds: 10),
            Within(new Candidate("typed delegate, two", () => question.WithTwoArguments(), Calls), nanoseconds: 10),
            new Candidate("capability through the ABI", question.Capability, Calls));
    }

    private static Question Instantiation()
    {
        var question = new InstantiationBenchmarks();
        return new Question(
            "Instance of one page, made and released",
            new Candidate("64 KiB zeroed and freed", question.ZeroedPage),
            Within(new Candidate("store and instance", question.StoreAndInstance), nanoseconds: 2_000));
    }

    private static Question FreshState(int pages)
    {
        var question = new FreshStateBenchmarks { Pages = pages };
        question.SetUp();
        return new Question(
            string.Create(CultureInfo.InvariantCulture, $"State of {pages} page(s) brought back"),
            new Candidate("copy of the memory", question.CopyOfMemory),
            new Candidate("snapshot restored", question.Restore));
    }

    private static Question FirstResult(int kilobytes)
    {
        var question = new FirstResultBenchmarks { Kilobytes = kilobytes };
        question.SetUp();
        return new Question(
            string.Create(CultureInfo.InvariantCulture, $"Bytes of {kilobytes} KB to a first result, warm process"),
            new Candidate("validation only", question.ValidateOnly),
            new Candidate("compilation only", question.CompileOnly),
            new Candidate("first result, 1 function in 16", () => question.CallingFewFunctions()),
            new Candidate("first result, every function", () => question.CallingAllFunctions()));
    }

    private static Question Trap()
    {
        var question = new TrapBenchmarks();
        question.SetUp();
        return new Question(
            "Trap, caught by the host",
            new Candidate("C# throw and catch", question.ThrowAndCatch),
            new Candidate("in the first function", question.ShallowTrap),
            Within(new Candidate("below 10,000 calls", question.TrapAtFullDepth), nanoseconds: 10_000_000));
    }

    private static Candidate Within(Candidate candidate, int nanoseconds, bool allocatesNothing = false) =>
        candidate with
        {
            Target = $"≤ {DurationText.Of(nanoseconds)}{(allocatesNothing ? ", 0 B" : "")}",
            Meets = measured => measured.Nanoseconds <= nanoseconds && (!allocatesNothing || measured.Bytes < 1),
        };

    private static Candidate Within(Candidate candidate, double ratio) => candidate with
    {
        Target = string.Create(CultureInfo.InvariantCulture, $"≤ {ratio:0.#} × two copies"),
        Meets = measured => measured.Ratio <= ratio,
    };
}
