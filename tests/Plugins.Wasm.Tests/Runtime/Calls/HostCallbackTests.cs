using Plugins.Wasm.Runtime;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Calls;

/// <summary>Host functions of any signature, as callbacks over values.</summary>
[ModeFixture]
internal sealed class HostCallbackTests(GuestMode mode) : GuestFixture(mode)
{
    private Store _store = null!;

    [SetUp]
    public void SetUp() => _store = new Store();

    [TearDown]
    public void TearDown() => _store.Dispose();

    [Test]
    public void Callback_WithSeveralResults_GivesAllOfThem([Values] Way way)
    {
        object thing = new();
        ValueKind[] kinds = [I32, ExternRef, F64, I64, F32];
        Function function = Callback(kinds, [.. kinds.Reverse()], way, (_, arguments, results) =>
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                results[^(i + 1)] = arguments[i];
            }
        });
        Value[] arguments = [.. new object[] { -1, thing, 2.5, long.MinValue, -0f }.Select(Relay.Value)];
        var results = new Value[5];

        function.Invoke(arguments, results);

        Assert.That(results, Is.EqualTo(arguments.Reverse()));
    }

    [Test]
    public void Callback_WithManyValues_PassesAllOfThem([Values] Way way)
    {
        ValueKind[] kinds = [.. Enumerable.Repeat(I64, 40)];
        Function function = Callback(kinds, kinds, way, (_, arguments, results) => arguments.CopyTo(results));
        Value[] arguments = [.. Enumerable.Range(0, 40).Select(i => Value.FromInt64(i))];
        var results = new Value[40];

        function.Invoke(arguments, results);

        Assert.That(results, Is.EqualTo(arguments));
    }

    [Test]
    public void Callback_OfOneResult_ServesTypedDelegates([Values] Way way)
    {
        Function function = Callback([I32, F64], [F64], way, (_, arguments, results) =>
            results[0] = Value.FromDouble(arguments[0].AsInt32() * arguments[1].AsDouble()));

        Assert.That(function.CreateDelegate<Func<int, double, double>>()(3, 0.5), Is.EqualTo(1.5));
    }

    [Test]
    public void Callback_ThatSetsNoResults_GivesZeros([Values] Way way)
    {
        Function function = Callback([], [I64, FuncRef], way, (_, _, _) => { });
        var results = new Value[2];

        function.Invoke([], results);

        Assert.That(results, Is.EqualTo(new[] { Value.FromInt64(0), Value.FromReference(FuncRef, null) }));
    }

    [Test]
    public void Callback_OfAnotherResultType_IsRefused([Values] Way way)
    {
        Function function = Callback([], [I32, I64], way, (_, _, results) => results[1] = Value.FromInt32(1));

        Assert.That(
            () => function.Invoke([], new Value[2]),
            Throws.InvalidOperationException.With.Message.EqualTo("Result 1 of the host function is I32, not I64."));
    }

    [Test]
    public void Callback_GivingAFunctionOfAnotherStore_IsRefused([Values] Way way)
    {
        using var elsewhere = new Store();
        Value foreign = Relay.Value(Function.FromDelegate(elsewhere, () => { }));
        Function function = Callback([], [FuncRef], way, (_, _, results) => results[0] = foreign);

        Assert.That(() => function.Invoke([], new Value[1]), Throws.ArgumentException);
    }

    [Test]
    public void Callback_OfAnImport_LearnsWhoImportsIt()
    {
        Instance? seen = null;
        var type = new FunctionType([], []);
        var imports = new Imports().Add("host", "f", type, (importer, _, _) => seen = importer);
        Instance instance = Relay.Guest(type).Instantiate(_store, imports);

        instance.Run();

        Assert.That(seen, Is.SameAs(instance));
    }

    [Test]
    public void Callback_CallingBack_KeepsItsArguments([Values] Way way)
    {
        Function function = null!;
        function = Callback([I32], [I32], way, (_, arguments, results) =>
        {
            int depth = arguments[0].AsInt32();
            if (depth > 0)
            {
                function.Invoke([Value.FromInt32(depth - 1)], results);
                results[0] = Value.FromInt32(results[0].AsInt32() + arguments[0].AsInt32());
            }
        });

        Assert.That(function.CreateDelegate<Func<int, int>>()(4), Is.EqualTo(4 + 3 + 2 + 1));
    }

    [Test]
    public void Callback_Throwing_ReachesTheCallerUnchanged([Values] Way way)
    {
        var thrown = new TimeZoneNotFoundException();
        Function function = Callback([], [I32], way, (_, _, _) => throw thrown);

        Assert.That(Assert.Catch(() => function.Invoke([], new Value[1])), Is.SameAs(thrown));
    }

    [Test]
    public void FromCallback_MakesAFunctionOfTheType()
    {
        var type = new FunctionType([I32], [I32, I32]);
        Function function = Function.FromCallback(_store, type, (importer, arguments, results) =>
        {
            Assert.That(importer, Is.Null);
            results[0] = results[1] = arguments[0];
        });
        var results = new Value[2];

        function.Invoke([Value.FromInt32(6)], results);

        Assert.That(function.Type, Is.EqualTo(type));
        Assert.That(results, Is.EqualTo(new[] { Value.FromInt32(6), Value.FromInt32(6) }));
    }

    [Test]
    public void Callback_OfOrdinarySize_AllocatesNothing([Values] Way way)
    {
        Func<int, int> function = Callback([I32], [I32], way, (_, arguments, results) => results[0] = arguments[0])
            .CreateDelegate<Func<int, int>>();
        Call(100);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Call(1000);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Call(int times)
        {
            for (int i = 0; i < times; i++)
            {
                function(i);
            }
        }
    }

    private Function Callback(ValueKind[] parameters, ValueKind[] results, Way way, HostCallback callback) =>
        Relay.To(new HostFunction(new FunctionType([.. parameters], [.. results]), callback), way, _store);
}
