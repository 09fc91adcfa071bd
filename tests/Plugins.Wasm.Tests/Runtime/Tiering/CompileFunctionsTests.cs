using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Tests.Runtime.Support;
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

    [TestCase(false)]
    [TestCase(true)]
    public void CompileFunctions_WhenThatFails_ForgetsWhatItBegan(bool isLarge)
    {
        Module module = Module.Compile(
            new ModuleBuilder()
                .Function([I32], [I32], code => code.Repeat(isLarge ? 2_000 : 1, one => one
                    .LocalGet(0).I32Const(1).Op(Opcode.I32Add).LocalSet(0)).LocalGet(0))
                .Function([I32], [I32], export: "last", code: code => code
                    .LocalGet(0).If(I32).I32Const(1).Call(0).Else().I32Const(7).End())
                .Build(),
            GuestMode.TieredAfterOne.OptionsFor(meterFuel: false));
        var last = new Instance(new Store(), module).GetFunction("last").CreateDelegate<Func<int, int>>();

        // No valid code makes compiling fail, so what was validated is made invalid: it lacks an operand.
        byte[] bytes = module.Binary.Bytes;
        int add = bytes.AsSpan().IndexOf<byte>([(byte)Opcode.I32Const, 1, (byte)Opcode.I32Add]) + 2;
        bytes[add] = (byte)Opcode.Select;
        Assert.That(async () => await module.CompileFunctionsAsync(), Throws.Exception);
        Assert.That(Tiers(module), Is.All.EqualTo(CompilationTier.Interpreted));
        bytes[add] = (byte)Opcode.I32Add;

        // Compiled by itself, as it has not called the other yet.
        Assert.That(new[] { last(0), last(0), last(0) }, Is.All.EqualTo(7));
        Assert.That(Tiers(module), Is.EqualTo([CompilationTier.Interpreted, CompilationTier.Optimized]));
        Assert.That(last(1), Is.EqualTo(isLarge ? 2_001 : 2));
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
