using Plugins.Wasm.Types;
using Plugins.Wasm.Validation;
using static Plugins.Wasm.Types.ValueCode;

namespace Plugins.Wasm.Tests.Validation;

internal sealed class OperandStackTests
{
    private const int Many = 77;

    [Test]
    public void Check_ManyAboveAnUnknown_Passes()
    {
        OperandStack stack = Full(index => index == 0 ? OperandStack.Unknown : I64);
        Assert.That(() => stack.Check(Kinds(_ => I64)), Throws.Nothing);
        Assert.That(stack.Count, Is.EqualTo(Many));
    }

    [Test]
    public void Check_ManyWithOneWrong_Throws([Values(1, 32, Many - 1)] int wrong)
    {
        OperandStack stack = Full(index => index == wrong ? F32 : index == 0 ? OperandStack.Unknown : I64);
        stack.Offset = 5;
        Assert.That(
            () => stack.Check(Kinds(_ => I64)),
            Throws.TypeOf<InvalidModuleException>()
                .With.Property("Reason").EqualTo("type mismatch: expected i64, found f32")
                .And.Property("Offset").EqualTo(5));
    }

    [Test]
    public void Pop_MoreThanThereIs_Throws() => Assert.That(
        () => Full(_ => I64).Pop([F32, .. Kinds(_ => I64)]),
        Throws.TypeOf<InvalidModuleException>()
            .With.Property("Reason").EqualTo("type mismatch: expected f32, found nothing"));

    [Test]
    public void Pop_MoreThanThereIsWhilePolymorphic_LeavesTheFloor()
    {
        OperandStack stack = new(100, ModuleTypes.None);
        stack.Push(F32);
        stack.SetFloor(1, isPolymorphic: true);
        stack.Push(I64);
        stack.Pop([I32, I32, I64]);
        Assert.That((stack.Count, stack.Pop()), Is.EqualTo((1, OperandStack.Unknown)));
    }

    [Test]
    public void Push_OverTheLimit_Throws()
    {
        OperandStack stack = new(limit: 2, ModuleTypes.None);
        stack.Push([I32, I32]);
        Assert.That(() => stack.Push(I32), Throws.TypeOf<ModuleLimitException>());
        Assert.That(() => stack.Push([I32]), Throws.TypeOf<ModuleLimitException>());
    }

    [Test]
    public void Push_UpToAnUnevenLimit_Grows()
    {
        OperandStack stack = new(limit: 1_000, ModuleTypes.None);
        for (int i = 0; i < 1_000; i++)
        {
            stack.Push(I32);
        }

        Assert.That(stack.Count, Is.EqualTo(1_000));
    }

    [Test]
    public void CheckAtFloor_WithValuesLeft_Throws()
    {
        OperandStack stack = new(100, ModuleTypes.None);
        stack.Push(I32);
        Assert.That(stack.CheckAtFloor, Throws.TypeOf<InvalidModuleException>());
    }

    private static OperandStack Full(Func<int, ValueCode> kind)
    {
        OperandStack stack = new(100, ModuleTypes.None);
        stack.Push(Kinds(kind));
        return stack;
    }

    private static ValueCode[] Kinds(Func<int, ValueCode> kind) => [.. Enumerable.Range(0, Many).Select(kind)];
}
