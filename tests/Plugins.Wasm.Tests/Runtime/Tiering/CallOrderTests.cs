using Plugins.Wasm.Runtime.Tiering;

namespace Plugins.Wasm.Tests.Runtime.Tiering;

/// <summary>What is compiled before what.</summary>
internal sealed class CallOrderTests
{
    // "0>1" calls, "0*" is large; waves are separated by bars, and sorted.
    [TestCase("0 1 2", "0 1 2")]
    [TestCase("0>1 1>2", "0 1 2")]
    [TestCase("0>1 1*", "1 | 0")]
    [TestCase("0>1 1>2 1* 2*", "2 | 1 | 0")]
    [TestCase("0>1 0>2 1>2 2*", "2 | 0 1")]
    [TestCase("0>1 1>2 2>0 1*", "0 1 2")]
    [TestCase("0>0 0*", "0")]
    [TestCase("0>1 1>0 1>2 2* 3>0 0*", "2 | 0 1 | 3")]
    [TestCase("0>1 1>2 2>1 2>3 3*", "3 | 0 1 2")]
    public void All_OfAGraphOfCalls_PutsLargeFunctionsBeforeTheirCallers(string graph, string waves) =>
        Assert.That(Text(new CallOrder(new Graph(graph)).All(Graph.CountOf(graph))), Is.EqualTo(waves));

    [Test]
    public void From_AFunction_TakesWhatItLeadsToAndIsWanted()
    {
        var order = new CallOrder(new Graph("0>1 1>2 1>3 3>4 5>0 2*"));
        Assert.That(Text(order.From(0, function => function != 3)), Is.EqualTo("2 | 0 1"));
    }

    [Test]
    public void From_AFunctionThatLeadsToMany_TakesAFew()
    {
        var order = new CallOrder(new Graph(string.Join(' ', Enumerable.Range(0, 1_000).Select(i => $"{i}>{i + 1}"))));
        Assert.That(order.From(0, _ => true).Sum(wave => wave.Count), Is.EqualTo(48));
    }

    [Test]
    public void All_OfALongChainOfLargeFunctions_NeedsNoStack()
    {
        const int Length = 200_000;
        var chain = new Chain(Length);
        Assert.That(new CallOrder(chain).All(Length).Select(wave => wave.Single()), Is.Ordered.Descending);
    }

    private static string Text(IReadOnlyList<IReadOnlyList<int>> waves) =>
        string.Join(" | ", waves.Select(wave => string.Join(' ', wave.Order())));

    private abstract class Calls : IFunctionCompiler
    {
        public abstract IReadOnlyList<int> CalleesOf(int function);

        public abstract bool IsLikelyLarge(int function);

        public IReadOnlyList<CompilationOutcome> Compile(
            IReadOnlyList<int> functions, int threads, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public CompilationOutcome CompileLoop(int function, int loop) => throw new NotSupportedException();
    }

    private sealed class Graph(string text) : Calls
    {
        private readonly string[] _parts = text.Split(' ');

        public static int CountOf(string text) =>
            text.Split(' ', '>').Max(part => int.Parse(part.TrimEnd('*'), null)) + 1;

        public override IReadOnlyList<int> CalleesOf(int function) =>
            [.. _parts.Select(part => part.Split('>')).Where(part => part.Length == 2 && part[0] == $"{function}")
                .Select(part => int.Parse(part[1], null))];

        public override bool IsLikelyLarge(int function) => _parts.Contains($"{function}*");
    }

    private sealed class Chain(int length) : Calls
    {
        public override IReadOnlyList<int> CalleesOf(int function) => function + 1 < length ? [function + 1] : [];

        public override bool IsLikelyLarge(int function) => true;
    }
}
