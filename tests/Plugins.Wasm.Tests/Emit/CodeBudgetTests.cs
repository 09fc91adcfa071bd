using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Emit;

internal sealed class CodeBudgetTests
{
    private const int Wide = 1_000;

    private static readonly ValueKind[] s_wide = [.. Enumerable.Repeat(I64, Wide)];

    [Test]
    public void Function_OfAFewWideReturns_IsCompiled() =>
        Assert.That(
            Compile(WideReturns(2)).Functions[1].Tier, Is.Not.EqualTo(CompilationTier.Interpreted));

    [Test]
    public void Function_OfManyWideReturns_StaysInterpreted()
    {
        Module module = Compile(WideReturns(500));

        Assert.That(module.Functions[1].Tier, Is.EqualTo(CompilationTier.Interpreted));
        Assert.That(module.Functions[1].Reason, Does.Contain(" > "));
    }

    /// <summary>A call of two bytes that gives a thousand results: they are taken at once.</summary>
    [Test]
    public void Function_OfManyWideCalls_GrowsWithTheCallsOnly()
    {
        Module module = Compile(new ModuleBuilder()
            .Function([], s_wide, c => c.Repeat(Wide, one => one.I64Const(1)))
            .Function([], [], c => c.Repeat(50, one => one.Block().Call(0).Br(0).End())));

        Assert.That(module.Functions[1].ILBytes, Is.InRange(50, 50 * 100));
    }

    /// <summary>Each is within what a function may, and all together are not what a module may.</summary>
    [Test]
    public void Functions_OfAFewWideReturnsEach_StayInterpretedFromSomewhereOn()
    {
        ModuleBuilder builder = WideReturns(2);
        for (int i = 0; i < 1_000; i++)
        {
            builder.Function([], s_wide, c => c.Call(0));
        }

        Module module = Module.Compile(
            builder.Build(),
            new ModuleOptions { Mode = ExecutionMode.Compiled, CompilationTime = TimeSpan.FromHours(1) });

        Assert.That(module.Functions[^1].Reason, Does.StartWith("the module's compiled code"));
    }

    // Functions that give what another gave, again and again behind conditions.
    private static ModuleBuilder WideReturns(int count) => new ModuleBuilder()
        .Function([], s_wide, c => c.Repeat(Wide, one => one.I64Const(1)))
        .Function([I32], s_wide, c => c
            .Repeat(count, one => one.LocalGet(0).If().Call(0).Return().End()).Op(Opcode.Unreachable));

    private static Module Compile(ModuleBuilder builder) =>
        Module.Compile(builder.Build(), new ModuleOptions { Mode = ExecutionMode.Compiled });
}
