using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Emit;
using Plugins.Wasm.Emit.Functions;
using Plugins.Wasm.Emit.Outlining;
using Plugins.Wasm.IL;
using Plugins.Wasm.Scanning;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Emit;

/// <summary>How wide the slots are through which values leave the parts of a cut function.</summary>
/// <remarks>One that is too narrow would be written past its end.</remarks>
internal sealed class CutVectorTests
{
    private const string Sum = "(local.set $sum (i64.add (i64.mul (local.get $sum) (i64.const 31)) (local.get $n)))";
    private const string More = Sum + Sum + Sum + Sum;
    private const string Vector = "(i64x2.splat (local.get $n))";
    private const string Lane = "i64x2.extract_lane 1 local.get $sum i64.add";

    private static readonly ModuleOptions s_cut = new() { Mode = ExecutionMode.Compiled, OutlinesAt = 20 };

    /// <summary>What gives a function vectors, each without any of the others.</summary>
    [TestCase("(func (result v128) unreachable)")]
    [TestCase("(func (param v128))")]
    [TestCase("(func (local i32 v128))")]
    [TestCase("(func (drop (block (result v128) unreachable)))")]
    [TestCase("(func unreachable (loop (type 1)) drop)")]
    [TestCase("(func (drop (if (type 2) (i32.const 0) (then unreachable) (else unreachable))))")]
    [TestCase("(func (drop (call 2)))")]
    [TestCase("(func (call 3 (unreachable)))")]
    [TestCase("(func (return_call 3 (unreachable)))")]
    [TestCase("(func (drop (call_indirect (result v128) (i32.const 0))))")]
    [TestCase("(func (drop (global.get 0)))")]
    [TestCase("(func unreachable global.set 0)")]
    [TestCase("(func (drop (select (result v128) (unreachable) (unreachable) (i32.const 0))))")]
    [TestCase("(func (drop (struct.get 3 0 (unreachable))))")]
    [TestCase("(func (drop (array.get 4 (unreachable) (unreachable))))")]
    [TestCase("(func (drop (v128.const i64x2 0 0)))")]
    [TestCase("(func (drop (i8x16.extract_lane_s 0 (unreachable))))")]
    [TestCase("(func (drop (i8x16.relaxed_swizzle (unreachable) (unreachable))))")]
    public void Scan_OfAFunctionWithAVector_KnowsIt(string function)
    {
        const string Rest = """
            (func (param i32) (result i64) (local f64) unreachable)
            (func (result v128) unreachable)
            (func (param v128) unreachable)
            (table 1 funcref) (global (mut v128) (v128.const i64x2 0 0)) (global (mut i32) (i32.const 0))
            """;
        const string Types = "(type (func)) (type (func (param v128) (result v128))) (type (func (result v128)))"
            + "(type (struct (field v128))) (type (array v128))";
        Module module = Module.Parse(
            $"(module {Types} {function} {Rest})", new ModuleOptions { Mode = ExecutionMode.Interpreted });

        Assert.That(FunctionScan.Of(module.Binary, 0).UsesVectors, Is.True);
        Assert.That(FunctionScan.Of(module.Binary, 1).UsesVectors, Is.False);
    }

    /// <summary>Each way on which a vector leaves a part that was cut out.</summary>
    [TestCase("(local.set $v " + Vector + ")" + More, "local.get $v " + Lane, TestName = "a local")]
    [TestCase("", "(block $b (result v128) (if (i64.gt_s (local.get $n) (i64.const 5)) (then " + More
        + "(br $b " + Vector + "))) " + More + " (v128.const i64x2 3 4)) " + Lane, TestName = "a block's result")]
    [TestCase("", "(block $b (result f32 v128) (if (i64.gt_s (local.get $n) (i64.const 5)) (then " + More
        + "(br $b (f32.const 7) " + Vector + "))) " + More
        + " (f32.const 1) (v128.const i64x2 3 4)) local.set $v drop local.get $v " + Lane,
        TestName = "one of a block's results")]
    [TestCase("", Vector + " (loop $l (param v128) local.set $w " + More
        + "(if (i64.gt_s (local.get $n) (i64.const 5)) (then (local.set $n (i64.const 2)) " + More
        + "(br $l (i64x2.splat (local.get $sum)))))) local.get $w " + Lane, TestName = "a loop's parameter")]
    public void CutFunction_OutOfWhichVectorsCome_HasSlotsForThem(string first, string last)
    {
        string text = Text("(result i64) (local $sum i64) (local $v v128) (local $w v128)", first, last);

        Assert.That(PlanOf(text).Slots.HasVectors, Is.True);
        AssertSame(text);
    }

    [Test]
    public void CutFunction_ThatReturnsAVector_HasSlotsForIt()
    {
        string text = Text(
            "(result i64) (local $sum i64)",
            "",
            "(call $give (local.get $n)) " + Lane,
            "(func $give (param $n i64) (result v128) (local $sum i64) (if (i64.gt_s (local.get $n) (i64.const 5))"
                + $"(then {More} {More} (return (i64x2.splat (local.get $sum))))) {More} {Vector})");

        Assert.That(PlanOf(text, 1).Slots.HasVectors, Is.True);
        AssertSame(text);
    }

    /// <summary>Vectors that stay in a part, or only go into it, take no room in its caller's frame.</summary>
    [TestCase("(drop " + Vector + ")")]
    [TestCase("(local.set $sum (i64x2.extract_lane 0 (local.get $v)))")]
    [TestCase("(global.set 0 " + Vector + ") (local.set $sum (i64x2.extract_lane 0 (global.get 0)))")]
    [TestCase("")]
    public void CutFunction_OutOfWhichNumbersCome_HasSlotsForNumbers(string statement)
    {
        string text = Text(
            $"(result i64) (local $sum i64) (local $v v128)",
            $"{More}{statement}{More}",
            "local.get $sum");

        Assert.That(PlanOf(text).Slots.HasVectors, Is.False);
        Assert.That(SlotLayout.Numbers.StructureBytes, Is.EqualTo(SlotLayout.Vectors.StructureBytes / 2));
        AssertSame(text);
    }

    /// <summary>Whatever decided on the width was wrong then; nothing is emitted.</summary>
    [Test]
    public void Slots_ForNumbers_TakeNoVectors()
    {
        var il = new ILEmitter(new ILCounter());

        Assert.That(() => SlotLayout.Numbers.EmitStore(il, ValueKind.V128), Throws.InvalidOperationException);
        Assert.That(() => SlotLayout.Numbers.EmitLoad(il, ValueKind.V128), Throws.InvalidOperationException);
        Assert.That(() => SlotLayout.Vectors.EmitStore(il, ValueKind.FuncRef), Throws.InvalidOperationException);
        Assert.That(() => SlotLayout.Vectors.EmitLoad(il, ValueKind.ExternRef), Throws.InvalidOperationException);
        Assert.That(
            () => SlotLayout.Vectors.EmitOffset(il, SlotLayout.Vectors.StructureBytes / SlotLayout.Vectors.Bytes),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(il.Instructions, Is.Zero);
    }

    private static string Text(string type, string first, string last, string others = "") => $$"""
        (module
          (func (export "run") (param $n i64) {{type}}
            (if (i64.gt_s (local.get $n) (i64.const 2)) (then {{first}} {{More}}))
            (if (i64.gt_s (local.get $n) (i64.const 9)) (then {{More}} {{first}}))
            {{last}})
          {{others}}
          (global (mut v128) (v128.const i64x2 0 0)))
        """;

    private static OutlinePlan PlanOf(string text, int function = 0)
    {
        Module module = Module.Parse(text, new ModuleOptions { Mode = ExecutionMode.Interpreted });
        var emitted = new EmittedFunction(function, FunctionScan.Of(module.Binary, function), Verdict.Optimized);
        return new FunctionCutter(new ModuleScope(module), s_cut).Cut(emitted, loop: null)!;
    }

    private static void AssertSame(string text)
    {
        Module cut = Module.Parse(text, s_cut);
        Module interpreted = Module.Parse(text, new ModuleOptions { Mode = ExecutionMode.Interpreted });
        long[] numbers = [0, 3, 7, 20];

        Assert.That(cut.Functions.Any(function => function.Methods > 1), "Nothing is cut.");
        Assert.That(cut.Functions.Select(function => function.Tier), Is.All.EqualTo(CompilationTier.Optimized));
        Assert.That(numbers.Select(n => Run(cut, n)), Is.EqualTo(numbers.Select(n => Run(interpreted, n))));
    }

    private static long Run(Module module, long argument)
    {
        using var store = new Store();
        return new Instance(store, module).GetFunction("run").CreateDelegate<Func<long, long>>()(argument);
    }
}
