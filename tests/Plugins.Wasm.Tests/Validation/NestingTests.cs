using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Validation;

/// <summary>Nothing recurses on the way from bytes to a description: depth costs memory, and no stack.</summary>
internal sealed class NestingTests
{
    private static readonly int Deepest = ModuleLimits.Default.NestingDepth;

    [Test]
    public void Describe_DeepestNestingOnATinyStack_Passes([Values] bool hasResults)
    {
        byte[] wasm = new ModuleBuilder().Function([], [], Nested(Deepest, hasResults)).Build();
        ModuleDescription description = StackThread.Run(StackThread.Tiny, () =>
        {
            ModuleDescription read = Module.Describe(wasm);
            Assert.That(read.Features, Is.Empty);
            return read;
        });
        Assert.That(description.FunctionCount, Is.EqualTo(1));
    }

    [Test]
    public void Describe_OneBlockDeeper_IsRefused() => Assert.That(
        () => StackThread.Run(StackThread.Tiny, () => Module.Describe(
            new ModuleBuilder().Function([], [], Nested(Deepest + 1, hasResults: false)).Build())),
        Throws.TypeOf<ModuleLimitException>().With.Property("Limit").EqualTo(nameof(ModuleLimits.NestingDepth)));

    [Test]
    public void Describe_ConstantNestedAsDeep_IsInvalidOnATinyStack()
    {
        byte[] constant = CodeBuilder.Bytes(code => code
            .Repeat(Deepest, one => one.Block()).Repeat(Deepest, one => one.End()).I32Const(0).End());
        byte[] wasm = ModuleBuilder.Assemble(ModuleBuilder.Section(6, [1, (byte)I32, 0, .. constant]));
        Assert.That(
            () => StackThread.Run(StackThread.Tiny, () => Module.Describe(wasm)),
            Throws.TypeOf<InvalidModuleException>());
    }

    private static Action<CodeBuilder> Nested(int depth, bool hasResults) => code =>
    {
        if (hasResults)
        {
            code.Repeat(depth, one => one.Block(I32)).I32Const(0).Repeat(depth, one => one.End()).Drop();
        }
        else
        {
            code.Repeat(depth, one => one.I32Const(0).Op(Opcode.If).Raw(0x40)).Repeat(depth, one => one.End());
        }
    };
}
