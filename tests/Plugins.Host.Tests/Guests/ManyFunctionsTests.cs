using Plugins.Host.Errors;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Tests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.Tests.Guests;

/// <summary>Modules whose functions take long to compile, each at its first call.</summary>
internal sealed class ManyFunctionsTests
{
    private const int Functions = 20_000;

    private static readonly PluginCallOptions ASecond = new() { WallTime = TimeSpan.FromSeconds(1) };

    private static readonly TestedEngine Embedded = TestedEngines.Available[0];

    [Test]
    public void FirstCall_ThatCompilesLongerThanItsTime_Succeeds([Values] bool inALoop)
    {
        using var rig = Create(inALoop ? Looping(2) : Straight(2), TimeSpan.FromMinutes(10));
        var result = rig.Load().Call("run", [], ASecond);
        Assert.That(result.CompilationTime, Is.GreaterThan(result.Duration));
    }

    [Test]
    public void FirstCall_ThatCompilesLongerThanGranted_IsStopped([Values] bool inALoop)
    {
        using var rig = Create(inALoop ? Looping(1) : Straight(1), TimeSpan.FromMilliseconds(1));
        var plugin = rig.Load();
        var failure = Assert.Throws<PluginLimitException>(() => plugin.Call("run", [], ASecond))!;
        Assert.That((failure.Code, failure.Allowed), Is.EqualTo((PluginErrorCode.CompilationLimit, 1)));
    }

    private static Rig Create(byte[] module, TimeSpan compilation)
    {
        var rig = new Rig(module, Embedded).WithSystemTime().Lists("run").Limits(limits => limits with
        {
            CompilationTime = compilation,
            TableElements = Functions,

            // For the instance, whose table takes long to fill where other work shares the machine.
            WallTime = TimeSpan.FromMinutes(10),
        });
        rig.Options.MaximumLimits = rig.Options.MaximumLimits with { CompilationTime = compilation };
        return rig;
    }

    // The number makes other bytes: the code of the same bytes is shared, and compiled by then.
    private static byte[] Straight(byte number)
    {
        var module = Small(new ModuleBuilder().Memory(1, export: "memory"));
        module.Function([], [I32], code =>
        {
            for (var i = 0; i < Functions; i++)
            {
                code.I32Const(i).Call((uint)i).Drop();
            }

            code.I32Const(0);
        }, export: "run");
        return module.Custom("number", number).Build();
    }

    private static byte[] Looping(byte number)
    {
        var module = new ModuleBuilder().Memory(1, export: "memory").Table((uint)Functions).Type([I32], [I32]);
        Small(module);
        module.Elements(0, [.. Enumerable.Range(0, Functions).Select(i => (uint)i)]);
        module.Function([], [I32], code => code
            .I32Const(Functions).LocalSet(0)
            .Loop()
            .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).LocalTee(0)
            .LocalGet(0).CallIndirect(0).Drop()
            .LocalGet(0).BrIf(0)
            .End()
            .I32Const(0), [I32], export: "run");
        return module.Custom("number", number).Build();
    }

    private static ModuleBuilder Small(ModuleBuilder module)
    {
        for (var i = 0; i < Functions; i++)
        {
            var number = i;
            module.Function([I32], [I32], code => code
                .LocalGet(0).I32Const(number).Op(Opcode.I32Add).LocalSet(0)
                .Loop().LocalGet(0).I32Const(3).Op(Opcode.I32ShrU).LocalTee(0).BrIf(0).End()
                .LocalGet(0).I32Const(number * 7).Op(Opcode.I32Xor));
        }

        return module;
    }
}
