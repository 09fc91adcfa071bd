using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Emit;

internal sealed class ExpansionBudgetTests
{
    private const int Wide = 1_000;

    private static readonly ValueKind[] s_wide = [.. Enumerable.Repeat(I64, Wide)];

    /// <summary>A function could grow as much as the whole module, and other sections bought it more.</summary>
    [TestCase(0)]
    [TestCase(1 << 20)]
    public void Function_OfWideReturns_IsRefusedWhateverElseTheModuleHolds(int padding)
    {
        ModuleLimitException refusal = Refusal(WideReturns(500).Custom("padding", new byte[padding]));

        Assert.That(refusal.Limit, Is.EqualTo(nameof(ModuleLimits.CodeExpansion)));
        Assert.That(refusal.Offset, Is.GreaterThan(0));
    }

    [Test]
    public void Function_OfAFewWideReturns_IsCompiled() =>
        Assert.That(() => Module.Compile(WideReturns(2).Build()), Throws.Nothing);

    /// <summary>A call of two bytes that gives a thousand results: they are taken at once.</summary>
    [Test]
    public void Function_OfManyWideCalls_GrowsWithTheCallsOnly()
    {
        Module module = Module.Compile(new ModuleBuilder()
            .Function([], s_wide, c => c.Repeat(Wide, one => one.I64Const(1)))
            .Function([], [], c => c.Repeat(2_000, one => one.Block().Call(0).Br(0).End()))
            .Build());

        Assert.That(module.Functions[1].ILBytes, Is.LessThan(2_000 * 100));
    }

    /// <summary>Each is within what a function may, and all together are not what a module may.</summary>
    [Test]
    public void Functions_OfAFewWideReturnsEach_AreRefusedTogether()
    {
        ModuleBuilder builder = WideReturns(2);
        for (int i = 0; i < 1_000; i++)
        {
            builder.Function([], s_wide, c => c.Call(0));
        }

        Assert.That(Refusal(builder).Limit, Is.EqualTo(nameof(ModuleLimits.CodeExpansion)));
    }

    [Test]
    public void Function_OfMoreCodeThanAllowed_IsRefused()
    {
        ModuleBuilder builder = new ModuleBuilder()
            .Function([I32], [], c => c
                .Repeat(1_000, one => one.LocalGet(0).I32Const(1).Op(Opcode.I32Add).LocalSet(0)));

        ModuleLimitException refusal = Refusal(builder, new ModuleLimits { FunctionCodeBytes = 2_000 });

        Assert.That(refusal.Limit, Is.EqualTo(nameof(ModuleLimits.FunctionCodeBytes)));
        Assert.That(refusal.Allowed, Is.EqualTo(2_000));
        Assert.That(refusal.Actual, Is.InRange(2_001, 2_100));
    }

    // Functions that give what another gave, again and again behind conditions.
    private static ModuleBuilder WideReturns(int count) => new ModuleBuilder()
        .Function([], s_wide, c => c.Repeat(Wide, one => one.I64Const(1)))
        .Function([I32], s_wide, c => c
            .Repeat(count, one => one.LocalGet(0).If().Call(0).Return().End()).Op(Opcode.Unreachable));

    private static ModuleLimitException Refusal(ModuleBuilder builder, ModuleLimits? limits = null)
    {
        ModuleOptions options = new() { Limits = limits ?? ModuleLimits.Default };
        return Assert.Throws<ModuleLimitException>(() => Module.Compile(builder.Build(), options))!;
    }
}
