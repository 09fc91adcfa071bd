using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Runtime.Calls;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Runtime.Calls;

/// <summary>Delegates of every shape, called and calling on every way.</summary>
internal sealed class CrossingTests
{
    private Store _store = null!;

    [SetUp]
    public void SetUp() => _store = new Store();

    [TearDown]
    public void TearDown() => _store.Dispose();

    // Each result needs every argument at its place, and no two arguments are equal.
    private static IEnumerable<(Delegate Target, object?[] Arguments, object? Result)> Shapes()
    {
        const uint Large = 0x8000_0001;
        object thing = new();
        yield return (() => -7, [], -7);
        yield return (() => Large, [], Large);
        yield return (() => long.MinValue + 1, [], long.MinValue + 1);
        yield return (() => float.NegativeZero, [], float.NegativeZero);
        yield return (() => thing, [], thing);
        yield return ((int a) => ~a, [5], ~5);
        yield return ((uint a) => (ulong)a, [Large], (ulong)Large);
        yield return ((int a) => (long)a, [-2], -2L);
        yield return ((ulong a) => a / 2, [ulong.MaxValue], ulong.MaxValue / 2);
        yield return ((float a) => a / 4, [-1f], -0.25f);
        yield return ((double a) => (float)a, [1e300], float.PositiveInfinity);
        yield return ((object? a) => a, [thing], thing);
        yield return ((object? a) => a is null ? 1 : 0, [null], 1);
        yield return ((int a, int b) => (a * 10) + b, [-4, 3], -37);
        yield return ((long a, double b) => a / b, [1L, -4d], -0.25);
        yield return ((double a, long b) => (long)(a * b), [1.5, long.MaxValue / 4], (long)(1.5 * (long.MaxValue / 4)));
        yield return ((uint a, float b) => (int)(a * b), [Large, -0.5f], (int)(Large * -0.5f));
        yield return ((object? a, int b) => b > 0 ? a : null, [thing, 1], thing);
        yield return ((int a, object? b) => b is null ? a : -a, [9, thing], -9);
        yield return ((int a, int b, int c) => (a * 100) + (b * 10) + c, [1, 2, 3], 123);
        yield return ((int a, long b, float c) => a + (b * c), [1, 2L, 0.5f], 1 + (2L * 0.5f));
        yield return ((int a, int b, int c, int d) => (a * 1000) + (b * 100) + (c * 10) + d, [1, 2, 3, 4], 1234);
        yield return (
            (ulong a, uint b, double c, float d) => (a * c) - (b / (double)d),
            [ulong.MaxValue, Large, 0.5, 2f],
            (ulong.MaxValue * 0.5) - (Large / 2d));
        yield return (
            (int a, int b, int c, int d, int e) => (a * 10000) + (b * 1000) + (c * 100) + (d * 10) + e,
            [1, 2, 3, 4, 5],
            12345);
        yield return (
            (Mixed)((a, b, c, d, e, f) => a + (b * 10d) + (c * 100d) + (d * 1000) + (e * 1e4) + (f * 1e5)),
            [1, 2L, 3f, 4d, 5u, 6ul],
            654321d);
        yield return ((Scale)((value, factor) => value * factor), [0.25f, 8L], 2f);
    }

    private static IEnumerable<TestCaseData> Cases() =>
        from shape in Shapes()
        from way in Enum.GetValues<Way>()
        select new TestCaseData(shape.Target, shape.Arguments, shape.Result, way)
            .SetArgDisplayNames(Name(shape.Target, shape.Result), way.ToString());

    private static IEnumerable<TestCaseData> CasesWithoutWay() => Shapes().Select(shape =>
        new TestCaseData(shape.Target, shape.Arguments, shape.Result)
            .SetArgDisplayNames(Name(shape.Target, shape.Result)));

    private static string Name(Delegate target, object? result) =>
        DelegateShape.Of(target.GetType()).Type + " " + result;

    [TestCaseSource(nameof(Cases))]
    public void Delegate_OfAnyShape_PassesArgumentsAndResult(
        Delegate target, object?[] arguments, object? result, Way way)
    {
        Delegate typed = Relay.To(target, way, _store).Delegate(target.GetType());

        Assert.That(typed, Is.TypeOf(target.GetType()));
        Assert.That(typed.DynamicInvoke(arguments), Is.EqualTo(result));
    }

    [TestCaseSource(nameof(Cases))]
    public void Invoke_OfAnyShape_PassesArgumentsAndResult(
        Delegate target, object?[] arguments, object? result, Way way)
    {
        var results = new Value[1];

        Relay.To(target, way, _store).Invoke([.. arguments.Select(Relay.Value)], results);

        Assert.That(results[0], Is.EqualTo(Relay.Value(result)));
    }

    [TestCaseSource(nameof(CasesWithoutWay))]
    public unsafe void ReflectedCall_OfAnyShape_PassesArgumentsAndResult(
        Delegate target, object?[] arguments, object? result)
    {
        Function function = Relay.To(target, Way.Slots, _store);
        using var entrance = new Entrance(_store);
        ulong* slots = function.Reserve(out InterpreterStack stack);
        for (int i = 0; i < arguments.Length; i++)
        {
            Slot.Write(stack, slots + i, Relay.Value(arguments[i]));
        }

        new ReflectedHostCall(DelegateShape.Of(target.GetType())).Call(function.Binding!, stack, slots);

        Assert.That(Slot.Read(stack, slots, function.Type.Results[0]), Is.EqualTo(Relay.Value(result)));
    }

    [Test]
    public void Action_OfAnyArity_PassesArguments([Values] Way way)
    {
        var seen = new List<object>();

        Relay.To(() => seen.Add(0), way, _store).CreateDelegate<Action>()();
        Relay.To((long a) => seen.Add(a), way, _store).CreateDelegate<Action<long>>()(1);
        Relay.To((float a, int b) => seen.Add(a + b), way, _store).CreateDelegate<Action<float, int>>()(1.5f, 2);
        Relay.To((int a, int b, int c) => seen.Add(a + b + c), way, _store)
            .CreateDelegate<Action<int, int, int>>()(1, 2, 3);
        Relay.To((int a, int b, int c, int d) => seen.Add(a + b + c + d), way, _store)
            .CreateDelegate<Action<int, int, int, int>>()(1, 2, 3, 4);
        Relay.To((int a, int b, int c, int d, long e) => seen.Add(a + b + c + d + e), way, _store)
            .CreateDelegate<Action<int, int, int, int, long>>()(1, 2, 3, 4, 5);

        Assert.That(seen, Is.EqualTo(new object[] { 0, 1L, 3.5f, 6, 10, 15L }));
    }

    [Test]
    public void Delegate_OfAFunctionReference_PassesIt([Values] Way way)
    {
        Function other = Function.FromDelegate(_store, () => 3);
        var pass = Relay.To((Function? f) => f, way, _store).CreateDelegate<Func<Function?, Function?>>();

        Assert.That(pass(other), Is.SameAs(other));
        Assert.That(pass(null), Is.Null);
    }

    [Test]
    public void Delegate_ReturningAFunctionOfAnotherStore_IsRefused([Values] Way way)
    {
        using var elsewhere = new Store();
        Function foreign = Function.FromDelegate(elsewhere, () => { });
        Function function = Relay.To(() => foreign, way, _store);

        Assert.That(
            () => function.CreateDelegate<Func<Function>>()(),
            Throws.ArgumentException.With.Message.Contains("another store"));
    }

    [Test]
    public void Delegate_GivenAFunctionOfAnotherStore_IsRefused([Values] Way way)
    {
        using var elsewhere = new Store();
        Function foreign = Function.FromDelegate(elsewhere, () => { });
        bool called = false;
        Function function = Relay.To((Function? f) => { called = true; }, way, _store);

        Assert.That(
            () => function.CreateDelegate<Action<Function>>()(foreign),
            Throws.ArgumentException.With.Message.Contains("another store"));
        Assert.That(called, Is.False);
    }

    [Test]
    public void CreateDelegate_OfAnotherSignature_NamesBoth()
    {
        Function function = Function.FromDelegate(_store, (int a) => a);

        Assert.That(
            () => function.CreateDelegate<Func<int, long>>(),
            Throws.ArgumentException.With.Message.Contains("(I32) -> (I32); the delegate is (I32) -> (I64)"));
        Assert.That(() => function.CreateDelegate<Func<Instance, int, int>>(), Throws.ArgumentException);
        Assert.That(() => function.CreateDelegate<Func<string, int>>(), Throws.ArgumentException);
        Assert.That(() => function.CreateDelegate<Delegate>(), Throws.ArgumentException);
    }

    [Test]
    public void HostFunction_Throwing_ReachesTheCallerUnchanged([Values] Way way)
    {
        var thrown = new TimeZoneNotFoundException("the host's own");
        Function function = Relay.To((int a) => a == 0 ? throw thrown : a, way, _store);

        Assert.That(Assert.Catch(() => function.CreateDelegate<Func<int, int>>()(0)), Is.SameAs(thrown));
        Assert.That(Assert.Catch(() => function.Invoke([Relay.Value(0)], new Value[1])), Is.SameAs(thrown));
        Assert.That(function.CreateDelegate<Func<int, int>>()(1), Is.EqualTo(1));
    }

    [Test]
    public void HostFunction_CallingBack_KeepsItsOwnValues([Values] Way way)
    {
        Function function = null!;
        function = Relay.To(
            (int a, long b) => a == 0 ? b : a + b + function.CreateDelegate<Func<int, long, long>>()(a - 1, b * 10),
            way,
            _store);

        long sum = function.CreateDelegate<Func<int, long, long>>()(3, 1);

        Assert.That(sum, Is.EqualTo(3 + 1 + 2 + 10 + 1 + 100 + 1000));
    }

    [Test]
    public void HostFunction_CallingBackByReflection_KeepsTheException()
    {
        var thrown = new TimeZoneNotFoundException();
        Function function = Relay.To(void () => throw thrown, Way.Slots, _store);

        Assert.That(Assert.Catch(() => CallByReflection(function, typeof(Action))), Is.SameAs(thrown));
    }

    [Test]
    public void HostFunction_OfAnOutermostInterruptedStore_IsNotCalled([Values(Way.Slots, Way.Code)] Way way)
    {
        bool called = false;
        Function function = Relay.To(() => { called = true; }, way, _store);
        _store.Interrupt();

        Assert.That(
            Guest.TrapOf(() => function.CreateDelegate<Action>()()), Is.EqualTo(TrapKind.Interrupted));
        Assert.That(called, Is.False);
    }

    [Test]
    public void Delegate_OfACommonShape_AllocatesNothing([Values] Way way)
    {
        var add = Relay.To((int a, int b) => a + b, way, _store).CreateDelegate<Func<int, int, int>>();
        var store = Relay.To((double a) => { }, way, _store).CreateDelegate<Action<double>>();
        Call(100);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Call(1000);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Call(int times)
        {
            for (int i = 0; i < times; i++)
            {
                add(i, i);
                store(i);
            }
        }
    }

    [Test]
    public void Import_OfACompiledModule_IsCalledWithoutADetour()
    {
        var type = new FunctionType([ValueKind.I32], [ValueKind.I32]);
        var options = new ModuleOptions { Mode = ExecutionMode.Compiled };
        var instance = new Instance(
            _store,
            Module.Compile(Relay.Guest(type).Build(), options),
            new Imports().Add("host", "f", (int a) => a + 1));

        Assert.That(instance.GetFunction("run").CreateDelegate<Func<int, int>>()(1), Is.EqualTo(2));
        Assert.That(instance.ImportedFunctions[0].Context, Is.SameAs(instance.ImportedFunctions[0].Binding));
    }

    [Test]
    public void Stack_AfterACall_IsGivenBack()
    {
        Func<int> first = Relay.To(() => 1, Way.Slots, _store).CreateDelegate<Func<int>>();
        using var other = new Store();
        InterpreterStack? seen = null;
        Func<int> second = Relay.To(() => { seen = other.Stack; return 2; }, Way.Slots, other)
            .CreateDelegate<Func<int>>();
        InterpreterStack? outer = null;

        first();
        using (new Entrance(_store))
        {
            outer = _store.Stack;
        }

        second();
        Assert.That(seen, Is.SameAs(outer));
    }

    private unsafe void CallByReflection(Function function, Type type)
    {
        using var entrance = new Entrance(_store);
        ulong* slots = function.Reserve(out InterpreterStack stack);
        new ReflectedHostCall(DelegateShape.Of(type)).Call(function.Binding!, stack, slots);
    }
}
