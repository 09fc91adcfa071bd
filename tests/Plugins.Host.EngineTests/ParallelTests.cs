using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

internal sealed class ParallelTests(TestedEngine tested) : EngineContract(tested)
{
    private const int Many = 300;

    [Test]
    public void Instances_AllInTheMiddleOfACall_AnswerEachForItself()
    {
        var module = Compile(Summing());
        var answers = new int[Many];
        using var all = new Barrier(Many);
        ThreadSet.Run(Many, number =>
        {
            using var instance = module.CreateInstance(Limits);
            instance.Fuel = Plenty;
            instance.Instantiate([Import("f", new Func<int>(() =>
            {
                // Nobody goes on before all have come this far: three hundred calls at a time.
                Assert.That(all.SignalAndWait(Patience));
                return number;
            }))]);
            answers[number] = instance.Run();
        });
        Assert.That(answers, Is.EqualTo(Enumerable.Range(0, Many).Select(number => number + 500_500)));
    }

    [Test]
    public void Instance_UsedByOneThreadAfterAnother_Answers()
    {
        var instance = Instantiate(Summing(), Import("f", new Func<int>(() => 1)));
        var function = instance.GetFunction("run");
        for (var round = 0; round < 20; round++)
        {
            ThreadSet.Run(1, _ => Assert.That(function(), Is.EqualTo(500_501)));
        }

        Assert.That(function(), Is.EqualTo(500_501));
    }

    [Test]
    public void Instance_UsedByASecondThreadDuringACall_RefusesIt()
    {
        Exception? refusal = null;
        IEngineInstance? instance = null;
        instance = Instantiate(Summing(), Import("f", new Func<int>(() =>
        {
            ThreadSet.Run(1, _ => refusal = ExceptionOf(() => instance!.Run()));
            return 1;
        })));
        Assert.That(instance.Run(), Is.EqualTo(500_501));
        Assert.That(refusal, Is.TypeOf<InvalidOperationException>());
    }

    [Test]
    public void Instances_OfManyModulesOnManyThreads_AnswerEachForItself()
    {
        var modules = Enumerable.Range(0, 8).Select(number => Compile(Summing(number))).ToArray();
        ThreadSet.Run(8, number =>
        {
            for (var round = 0; round < 200; round++)
            {
                var which = (number + round) % modules.Length;
                using var instance = modules[which].CreateInstance(Limits);
                instance.Fuel = Plenty;
                instance.Instantiate([Import("f", new Func<int>(() => round))]);
                Assert.That(instance.Run(), Is.EqualTo(500_500 + which + round));
            }
        });
    }

    // The sum of 1 to 1,000 in memory, and the host's answer.
    private static ModuleBuilder Summing(int more = 0) => new ModuleBuilder()
        .ImportFunction(Host, "f", [], [I32])
        .Memory(1, export: "memory")
        .Function([], [I32], locals: [I32], export: "run", code: code => code
            .I32Const(0).I32Const(more).Access(Opcode.I32Store)
            .I32Const(1_000).LocalSet(0)
            .Loop()
            .I32Const(0).I32Const(0).Access(Opcode.I32Load).LocalGet(0).Op(Opcode.I32Add).Access(Opcode.I32Store)
            .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).LocalTee(0).BrIf(0).End()
            .Call(0).I32Const(0).Access(Opcode.I32Load).Op(Opcode.I32Add));
}
