using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.Tests.Loading;

/// <summary>Modules as large, in one respect each, as the largest that docs/limits.md found on npm.</summary>
internal sealed class LargeModuleTests
{
    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return Shape("a data segment for each variable", module => Repeat(98_450, _ => module.Data(9, 1)));
        yield return Shape("a dispatch over thousands of blocks", module => module.Function([], [], Dispatch, [I32]));
        yield return Shape("a function of many bytes and locals", module => module.Function(
            module.TypeIndex([], []),
            CodeBuilder.Bytes(code => code.Repeat(80_000, one => one.LocalGet(1_500).LocalSet(9))),
            [(1_537u, I64)]));
        yield return Shape("many exports", module => Repeat(
            2_128, number => module.Export($"export {number}", Wasm.Types.ExternKind.Function, 0)));
        yield return Shape("many functions", module => Repeat(
            35_881, _ => module.Function([], [], code => code.Op(Opcode.Nop))));
        yield return Shape("many types", module => Repeat(
            306, i => module.Type([.. Enumerable.Repeat(I64, i % 34)], [.. Enumerable.Repeat(I32, i / 34)])));
        yield return Shape("more bytes than the default", module => module.Data(0, new byte[1 << 16])
            .Custom("name", new byte[46 << 20]));
    }

    [TestCaseSource(nameof(Shapes))]
    public void Module_AsLargeAsRealOnes_LoadsWhereOnlyTheSizeIsRaised(Action<ModuleBuilder> shape)
    {
        var options = new PluginHostOptions { AllowUnsigned = true };
        options.ModuleLimits = options.ModuleLimits with { ModuleBytes = 64 << 20 };
        using var host = new PluginHost(options);
        var module = new ModuleBuilder()
            .Memory(1, export: "memory")
            .Function([], [I32], code => code.I32Const(0), export: "run");
        shape(module);
        using var plugin = host.LoadUnsigned(module.Build());
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
    }

    private static void Dispatch(CodeBuilder code) => code
        .Repeat(3_289, one => one.Block())
        .LocalGet(0).BrTable(0, [.. Enumerable.Range(0, 5_490).Select(label => (uint)label % 3_289)])
        .Repeat(3_289, one => one.End().LocalGet(0).BrIf(0));

    private static TestCaseData Shape(string name, Action<ModuleBuilder> shape) =>
        new TestCaseData(shape).SetArgDisplayNames(name);

    private static void Repeat(int count, Action<int> add)
    {
        for (int number = 0; number < count; number++)
        {
            add(number);
        }
    }
}
