using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Runtime.Exceptions;

/// <summary>Exceptions between guests and hosts, and what no guest catches.</summary>
[ModeFixture]
internal sealed class GuestExceptionTests(GuestMode mode) : GuestFixture(mode)
{
    private Store _store = null!;
    private Instance _instance = null!;
    private Action _host = null!;

    [SetUp]
    public void SetUp()
    {
        _host = () => { };
        _store = new Store();
        _instance = New(_store, meterFuel: false);
    }

    [TearDown]
    public void TearDown() => _store.Dispose();

    [Test]
    public void Exception_ThatNothingCatches_ReachesTheHostWithItsPayload()
    {
        GuestException exception = Assert.Throws<GuestException>(() => Run("deep", 3))!;
        Assert.That(exception.Tag, Is.SameAs(_instance.GetTag("tag")));
        Assert.That(exception.Payload, Is.EqualTo(new[] { Value.FromInt32(7) }));
        Assert.That(exception.Backtrace.Select(frame => frame.FunctionIndex), Is.EqualTo(new[] { 5, 5, 5, 5 }));
        Assert.That(exception.Backtrace[0].FunctionName, Is.EqualTo("deep"));
        Assert.That(exception.ToString(), Does.Contain("in the guest: deep"));
    }

    [TestCase("catch", 5, 5)]
    [TestCase("catchDeep", 0, 7)]
    [TestCase("catchDeep", 10, 7)]
    [TestCase("catchDeep", 500, 7)]
    [TestCase("legacy", 5, 6)]
    public void Exception_OfAGuest_IsCaughtByIt(string export, int argument, int expected)
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.That(Call(export, argument), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Exception_OfAHost_IsCaughtByTheGuest()
    {
        Tag tag = _instance.GetTag("tag");
        _host = () => throw new GuestException(tag, Value.FromInt32(12));
        Assert.That(_instance.RunInt32("catchHost"), Is.EqualTo(12));
        Assert.That(_instance.RunInt32("catchAll"), Is.EqualTo(1));
    }

    [Test]
    public void Exception_OfAnotherTag_IsCaughtByCatchAllOnly()
    {
        Tag tag = new(_store, new TagType(new FunctionType([], [])));
        _host = () => throw new GuestException(tag);
        Assert.That(() => _instance.RunInt32("catchHost"), Throws.TypeOf<GuestException>());
        Assert.That(_instance.RunInt32("catchAll"), Is.EqualTo(1));
    }

    [Test]
    public void Exception_ThroughAHostFunction_IsCaughtByTheGuestBelowIt()
    {
        _host = () => Run("deep", 4);
        Assert.That(_instance.RunInt32("catchHost"), Is.EqualTo(7));
    }

    [Test]
    public void Exception_OfAHostThatIsNoGuests_PassesThroughTheGuest()
    {
        _host = () => throw new InvalidTimeZoneException();
        Assert.That(() => _instance.RunInt32("catchAll"), Throws.TypeOf<InvalidTimeZoneException>());
    }

    [Test]
    public void Trap_InsideACatchAll_IsNotCaught()
    {
        Assert.That(Guest.TrapOf(() => _instance.RunInt32("catchTrap")), Is.EqualTo(TrapKind.Unreachable));
        Assert.That(
            Guest.TrapOf(() => _instance.RunInt32("catchRecursion")), Is.EqualTo(TrapKind.CallStackExhausted));
    }

    [Test]
    public void Interrupt_InsideACatchAll_IsNotCaught()
    {
        _host = _store.Interrupt;
        _instance.RunInt32("catchAll");
        Assert.That(Guest.TrapOf(() => _instance.RunInt32("catchLoop")), Is.EqualTo(TrapKind.Interrupted));
    }

    [Test]
    public void Fuel_UsedUpInsideACatchAll_IsNotCaught()
    {
        using Store store = new() { FuelRemaining = 10_000 };
        Instance instance = New(store, meterFuel: true);
        Assert.That(Guest.TrapOf(() => instance.RunInt32("catchLoop")), Is.EqualTo(TrapKind.OutOfFuel));
        Assert.That(store.FuelRemaining, Is.Zero);
    }

    [Test]
    public void Interrupt_BeforeAnExceptionIsCaught_EndsTheGuestInstead()
    {
        Tag tag = _instance.GetTag("tag");
        _host = () =>
        {
            _store.Interrupt();
            throw new GuestException(tag, Value.FromInt32(12));
        };
        Assert.That(Guest.TrapOf(() => _instance.RunInt32("catchHost")), Is.EqualTo(TrapKind.Interrupted));
        _store.ClearInterrupt();
        _host = () => throw new GuestException(tag, Value.FromInt32(12));
        Assert.That(_instance.RunInt32("catchHost"), Is.EqualTo(12));
    }

    [Test]
    public void Exception_ThroughManyCalls_IsCaughtBelowThem()
    {
        using Store store = new(new StoreOptions { StackBytes = 1 << 23, CallDepth = 10_000 });
        Instance instance = New(store, meterFuel: false);
        Func<int, int> catchDeep = instance.GetFunction("catchDeep").CreateDelegate<Func<int, int>>();
        Assert.That(catchDeep(9_000), Is.EqualTo(7));
        Assert.That(catchDeep(9_000), Is.EqualTo(7));
    }

    [Test]
    public void Exceptions_CaughtByAHost_LeaveNothingBehind()
    {
        // As many as the stack has slots: each may leave none.
        const int Slots = (1 << 18) / sizeof(ulong);
        using Store store = new(new StoreOptions { StackBytes = 1 << 18 });
        Instance instance = New(store, meterFuel: false);
        Action<int> deep = instance.GetFunction("deep").CreateDelegate<Action<int>>();
        int caught = 0;
        _host = () =>
        {
            for (int i = 0; i < Slots; i++)
            {
                try
                {
                    deep(1);
                }
                catch (GuestException)
                {
                    caught++;
                }
            }
        };
        Assert.That(instance.RunInt32("catchAll"), Is.Zero);
        Assert.That(caught, Is.EqualTo(Slots));
    }

    [Test]
    public void Exceptions_CaughtByAGuest_LeaveNothingBehind()
    {
        Run("many", 20_000);
        Assert.That(Call("catchDeep", 1_000), Is.EqualTo(7));
    }

    [Test]
    public void Exception_CaughtByReference_IsThrownAgain() => Assert.That(
        () => Run("throwAgain", 3),
        Throws.TypeOf<GuestException>().With.Property("Payload").EqualTo(new[] { Value.FromInt32(3) }));

    [Test]
    public void Exception_WithAVector_BringsIt()
    {
        byte[] vector = [.. Enumerable.Range(1, 16).Select(number => (byte)number)];
        byte[] module = ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, Hex.Bytes("03 60 01 7B 00 60 00 01 7B 60 00 00")),
            ModuleBuilder.Section(3, 2, 2, 1),
            ModuleBuilder.Section(13, 1, 0, 0),
            ModuleBuilder.Section(7, 1, 1, (byte)'c', 0, 1),
            ModuleBuilder.Section(10, [
                2, 22, 0, 0xFD, 0x0C, .. vector, 0x08, 0, 0x0B,
                15, 0, .. Hex.Bytes("02 7B 1F 40 01 00 00 00 10 00 0B 00 0B"), 0x0B,
            ]));
        var result = new Value[1];
        new Instance(_store, Guest.Compile(module)).GetFunction("c").Invoke([], result);
        Assert.That(result[0], Is.EqualTo(Value.FromVector128(System.Runtime.Intrinsics.Vector128.Create(vector))));
    }

    [Test]
    public void Exception_MadeByAHost_TakesValuesOfItsTypesOnly()
    {
        Tag tag = _instance.GetTag("tag");
        Assert.That(() => new GuestException(tag), Throws.ArgumentException);
        Assert.That(() => new GuestException(tag, Value.FromInt64(1)), Throws.ArgumentException);
        Tag ofFunctions = new(_store, new TagType(new FunctionType([ValueKind.FuncRef], [])));
        Function foreign = Function.FromDelegate(new Store(), () => { });
        Assert.That(
            () => new GuestException(ofFunctions, Value.FromReference(ValueKind.FuncRef, foreign)),
            Throws.ArgumentException.With.Message.Contains("another store"));
        Assert.That(() => new TagType(new FunctionType([], [ValueKind.I32])), Throws.ArgumentException);
    }

    private void Run(string export, int argument) =>
        _instance.GetFunction(export).CreateDelegate<Action<int>>()(argument);

    private int Call(string export, int argument) =>
        _instance.GetFunction(export).CreateDelegate<Func<int, int>>()(argument);

    private Instance New(Store store, bool meterFuel) => new(
        store,
        Guest.Compile(ThrowingModule.Build(), meterFuel),
        new Imports().Add("host", "call", () => _host()));
}
