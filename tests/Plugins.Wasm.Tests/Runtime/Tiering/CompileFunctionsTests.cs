using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Tiering;

/// <summary>Compiling ahead of need.</summary>
internal sealed class CompileFunctionsTests
{
    // More than are compiled at a time.
    private const int Functions = 1_200;

    [Test]
    public async Task CompileFunctions_OfATieredModule_CompilesAllOfThem()
    {
        var reports = new Reports();
        Module module = Compile(new ModuleOptions { Mode = ExecutionMode.Tiered });
        await module.CompileFunctionsAsync(reports);
        Assert.That(Tiers(module), Is.All.EqualTo(CompilationTier.Optimized));
        Assert.That(reports.Seen[^1], Is.EqualTo(new CompilationProgress(Functions, Functions)));
        Assert.That(Run(module), Is.EqualTo(Functions - 1));
    }

    [Test]
    public async Task CompileFunctions_AfterItWasCancelled_CompilesTheRest()
    {
        using var source = new CancellationTokenSource();
        Module module = Compile(new ModuleOptions { Mode = ExecutionMode.Tiered });
        Task compiling = module.CompileFunctionsAsync(new Reports { Reported = source.Cancel }, source.Token);
        Assert.That(async () => await compiling, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Tiers(module), Has.Some.EqualTo(CompilationTier.Interpreted));
        await module.CompileFunctionsAsync();
        Assert.That(Tiers(module), Is.All.EqualTo(CompilationTier.Optimized));
    }

    [Test]
    public async Task CompileFunctions_WithoutTime_LeavesThemInterpreted()
    {
        Module module = Compile(new ModuleOptions { Mode = ExecutionMode.Tiered, CompilationTime = TimeSpan.Zero });
        await module.CompileFunctionsAsync();
        Assert.That(Tiers(module), Is.All.EqualTo(CompilationTier.Interpreted));
        Assert.That(module.Functions[0].Reason, Does.Contain("time for compiling, 0 s"));
        Assert.That(Run(module), Is.EqualTo(Functions - 1));
    }

    [Test]
    public void CompileFunctions_OfAnInterpretedModule_IsOverAtOnce()
    {
        Module module = Compile(new ModuleOptions { Mode = ExecutionMode.Interpreted });
        Assert.That(module.CompileFunctionsAsync().IsCompletedSuccessfully);
        Assert.That(Tiers(module), Is.All.EqualTo(CompilationTier.Interpreted));
    }

    [Test]
    public void Compile_WithOptionsOutOfRange_IsRefused()
    {
        Assert.That(
            () => Compile(new ModuleOptions { CompilationTime = TimeSpan.FromDays(2) }),
            Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => Compile(new ModuleOptions { Mode = (ExecutionMode)3 }),
            Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static IEnumerable<CompilationTier> Tiers(Module module) =>
        module.Functions.Select(function => function.Tier);

    private static int Run(Module module) => new Instance(new Store(), module, new Imports())
        .GetFunction("last").CreateDelegate<Func<int>>()();

    private static Module Compile(ModuleOptions options)
    {
        var module = new ModuleBuilder();
        for (int i = 0; i < Functions; i++)
        {
            int number = i;
            module.Function(
                [], [I32], code => code.I32Const(number), export: number == Functions - 1 ? "last" : null);
        }

        return Module.Compile(module.Build(), options);
    }

    private sealed class Reports : IProgress<CompilationProgress>
    {
        public List<CompilationProgress> Seen { get; } = [];

        public Action Reported { get; init; } = () => { };

        public void Report(CompilationProgress value)
        {
            Seen.Add(value);
            Reported();
        }
    }
}
