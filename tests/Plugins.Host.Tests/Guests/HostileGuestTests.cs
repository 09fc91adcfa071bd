using System.Text;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Guests;

/// <summary>Each limit and each trap, against real modules on every engine.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[CancelAfter(600_000)]
internal sealed class HostileGuestTests(TestedEngine tested)
{
    private EngineTraits Traits => tested.Traits;

    [TestCase("spin", PluginErrorCode.FuelLimit)]
    [TestCase("recurse", PluginErrorCode.Trap)]
    [TestCase("recurse_lean", PluginErrorCode.Trap)]
    [TestCase("recurse_exponentially", PluginErrorCode.FuelLimit)]
    [TestCase("fill_without_end", PluginErrorCode.FuelLimit)]
    [TestCase("copy_without_end", PluginErrorCode.FuelLimit)]
    [TestCase("grow_without_end", PluginErrorCode.FuelLimit)]
    [TestCase("flood_log", PluginErrorCode.FuelLimit)]
    [TestCase("flood_log_empty", PluginErrorCode.FuelLimit)]
    [TestCase("flood_output", PluginErrorCode.OutputLimit)]
    [TestCase("flood_output_empty", PluginErrorCode.FuelLimit)]
    [TestCase("flood_error", PluginErrorCode.ErrorTextLimit)]
    [TestCase("flood_input_read", PluginErrorCode.FuelLimit)]
    [TestCase("flood_input_length", PluginErrorCode.FuelLimit)]
    public void Guest_ThatWouldNotEnd_IsStoppedByALimit(string function, PluginErrorCode expected)
    {
        using var rig = Load("hostile", function)
            .Limits(limits => limits with { Fuel = 5_000_000, WallTime = TimeSpan.FromMinutes(10) });
        var plugin = rig.Load();
        Assert.That(
            () => plugin.Call(function, []),
            Throws.InstanceOf<PluginException>().With.Property("Code").EqualTo(expected));
        Assert.That(() => plugin.Call(function, []), Throws.InstanceOf<PluginException>());
    }

    [TestCase("spin")]
    [TestCase("recurse_exponentially")]
    [TestCase("fill_without_end")]
    [TestCase("copy_without_end")]
    [TestCase("grow_without_end")]
    [TestCase("flood_log_empty")]
    [TestCase("flood_input_length")]
    public void Guest_ThatWouldNotEnd_IsStoppedByTime(string function)
    {
        using var rig = Load("hostile", function)
            .Limits(limits => limits with { WallTime = TimeSpan.FromMilliseconds(200) });
        rig.Options.MeterFuel = false;
        Assert.That(() => rig.Load().Call(function, []), Throws.TypeOf<PluginTimeException>());
    }

    [TestCase("trap_unreachable", TrapCode.Unreachable)]
    [TestCase("trap_divide_by_zero", TrapCode.IntegerDivideByZero)]
    [TestCase("trap_divide_overflow", TrapCode.IntegerOverflow)]
    [TestCase("trap_load", TrapCode.OutOfBoundsMemoryAccess)]
    [TestCase("trap_store", TrapCode.OutOfBoundsMemoryAccess)]
    [TestCase("recurse_lean", TrapCode.CallStackExhausted)]
    public void Trap_OfAGuest_HasItsCode(string function, TrapCode expected)
    {
        using var rig = Load("hostile", function);
        var failure = Assert.Throws<PluginTrapException>(() => rig.Load().Call(function, []))!;
        Assert.That(failure.Trap, Is.EqualTo(expected));
        Assert.That(failure.Backtrace, Is.Not.Empty);
    }

    [Test]
    public void Recursion_WithAStackInMemory_EndsAtTheCallDepthOrAtThatStack()
    {
        using var rig = Load("hostile", "recurse");
        var failure = Assert.Throws<PluginTrapException>(() => rig.Load().Call("recurse", []))!;
        Assert.That(
            failure.Trap,
            Is.EqualTo(Traits.CountsCallDepth ? TrapCode.CallStackExhausted : TrapCode.OutOfBoundsMemoryAccess));
    }

    [Test]
    public void Trap_InAnIndirectCall_HasOneOfItsCodes(
        [Values("trap_call_null", "trap_call_of_other_type")] string function)
    {
        using var rig = Load("hostile", function);
        Assert.That(
            () => rig.Load().Call(function, []),
            Throws.TypeOf<PluginTrapException>().With.Property("Trap").AnyOf(
                TrapCode.UninitializedElement, TrapCode.UndefinedElement, TrapCode.IndirectCallTypeMismatch));
    }

    [TestCase(4)]
    [TestCase(64)]
    public void Memory_AtItsLimit_GrowsNoFurther(int pages)
    {
        using var rig = Load("hostile", "grow").Limits(limits => limits with { MemoryPages = pages });
        Assert.That(rig.Load().CallText("grow", "").Value, Is.EqualTo($"{pages}"));
    }

    [Test]
    public void Memory_RefusedToAGuestThatFailsThen_IsTheCauseIfTheEngineTells()
    {
        using var rig = Load("echo", "echo_whole").Limits(limits => limits with { MemoryPages = 4 });
        var plugin = rig.Load();
        Assert.That(
            () => plugin.Call("echo_whole", new byte[1 << 20]),
            Traits.TellsRefusedGrowth ? Throws.TypeOf<PluginMemoryException>() : Throws.TypeOf<PluginGuestException>());
    }

    [Test]
    public void Failure_OfAGuest_CarriesItsCodeAndText()
    {
        using var rig = Load("hostile", "fail_with_text", "fail_without_text", "trap_after_output");
        var plugin = rig.Load();
        var failure = Assert.Throws<PluginGuestException>(() => plugin.Call("fail_with_text", []))!;
        Assert.That((failure.ExitCode, failure.GuestMessage), Is.EqualTo((42, "it did not work: ärger")));
        failure = Assert.Throws<PluginGuestException>(() => plugin.Call("fail_without_text", []))!;
        Assert.That((failure.ExitCode, failure.GuestMessage), Is.EqualTo((-7, (string?)null)));
        var trap = Assert.Throws<PluginTrapException>(() => plugin.Call("trap_after_output", []))!;
        Assert.That(trap.GuestMessage, Is.EqualTo("the last words"));
    }

    [Test]
    public void State_OfAGuest_IsThatAfterInitializationAgain()
    {
        using var rig = Load("hostile", "counter", "dirty");
        var plugin = rig.Load();
        Assert.That(() => plugin.Call("dirty", []), Throws.TypeOf<PluginTrapException>());
        Assert.That(plugin.CallText("counter", "").Value, Is.EqualTo("1"));
        Assert.That(plugin.CallText("counter", "").Value, Is.EqualTo("1"));
        using var session = plugin.OpenSession();
        Assert.That(session.CallText("counter", "").Value + session.CallText("counter", "").Value, Is.EqualTo("12"));
    }

    [TestCase("succeed_with_error_text", "fine")]
    [TestCase("read_after_end", "")]
    [TestCase("result_without_call", "")]
    [TestCase("log_every_level", "")]
    public void Guest_AtAnEdgeOfTheAbi_Succeeds(string function, string output)
    {
        using var rig = Load("hostile", function);
        Assert.That(rig.Load().CallText(function, "").Value, Is.EqualTo(output));
    }

    [Test]
    public void Log_OfAGuestThatFloodsIt_IsCut()
    {
        using var rig = Load("hostile", "log_much");
        Assert.That(rig.Load().Call("log_much", []).LogEntriesDropped, Is.EqualTo(100_000 - 100));
        Assert.That(rig.Loggers.Guest.Count(), Is.EqualTo(100));
    }

    [TestCase("flood_host_calls", PluginErrorCode.HostCallLimit)]
    [TestCase("flood_host_bytes", PluginErrorCode.HostCallLimit)]
    [TestCase("flood_random", PluginErrorCode.HostCallLimit)]
    public void Capabilities_ThatAreFlooded_EndAtTheirLimit(string function, PluginErrorCode expected)
    {
        using var rig = Capabilities(function);
        Assert.That(
            () => rig.Load().Call(function, []),
            Throws.InstanceOf<PluginException>().With.Property("Code").EqualTo(expected));
    }

    [Test]
    public void Variables_ThatAreFlooded_FillTheirStore()
    {
        using var rig = Capabilities("flood_variables");
        var output = rig.Load().Call("flood_variables", []).Output.Span;
        Assert.That(BitConverter.ToInt32(output), Is.EqualTo(-2));
        Assert.That(Encoding.UTF8.GetString(output[4..]), Is.EqualTo("There is no room for more variables."));
    }

    [Test]
    public void Variables_WrittenBeforeAFailure_StayWritten()
    {
        using var rig = Capabilities("write_then_fail", "variables_read", "stale_result");
        var plugin = rig.Load();
        Assert.That(() => plugin.Call("write_then_fail", []), Throws.TypeOf<PluginGuestException>());
        Assert.That(plugin.CallText("variables_read", "kept").Value, Is.EqualTo("\0\0\0\0yes"));
        Assert.That(() => plugin.Call("stale_result", []), Throws.Nothing);
    }

    [Test]
    public void Echo_OfAnyLength_IsTheSame([Values(0, 1, 64, 65_535, 65_536, 65_537, 1_000_000)] int length)
    {
        using var rig = Load("echo", "echo", "echo_whole");
        var plugin = rig.Load();
        var input = new byte[length];
        new Random(length).NextBytes(input);
        Assert.That(plugin.Call("echo", input).Output.Span.SequenceEqual(input));
        Assert.That(plugin.Call("echo_whole", input).Output.Span.SequenceEqual(input));
        var sink = new MemoryStream();
        plugin.Call("echo", new MemoryStream(input), sink);
        Assert.That(sink.ToArray().AsSpan().SequenceEqual(input));
    }

    [Test]
    public async Task Calls_OfRealGuestsInParallel_AreAllAnswered()
    {
        using var rig = Load("echo", "echo").Limits(limits => limits with { WallTime = TimeSpan.FromMinutes(10) });
        var plugin = rig.Load();
        var calls = Enumerable.Range(0, 300).Select(number => plugin.CallTextAsync("echo", $"{number}"));
        var results = await Task.WhenAll(calls);
        Assert.That(
            results.Select(result => result.Value), Is.EqualTo(Enumerable.Range(0, 300).Select(number => $"{number}")));
    }

    [Test]
    public async Task Call_ThatIsWarmInASession_AllocatesNothing()
    {
        using var rig = Load("echo", "empty", "echo");
        var plugin = rig.Load();

        // Else a guest that is found hot asks for its compilation, on the thread of a call, which takes memory.
        await plugin.WarmUpAsync();
        using var session = plugin.OpenSession();
        var writer = new System.Buffers.ArrayBufferWriter<byte>(1_000_000);
        var input = new byte[100];
        var bytes = Allocation.LeastOf(() =>
        {
            writer.ResetWrittenCount();
            for (var round = 0; round < 1_000; round++)
            {
                session.Call("empty", []);
                session.Call("echo", input, writer);
            }
        });
        Assert.That(bytes, Is.Zero);
    }

    private Rig Load(string module, params string[] functions) =>
        new Rig(GuestFiles.Read($"tests/guests/{module}.wasm"), tested).WithSystemTime().Lists(functions)
            .Limits(limits => limits with { WallTime = TimeSpan.FromMinutes(10) });

    private Rig Capabilities(params string[] functions)
    {
        var rig = Load("capabilities", functions).Asks("test.echo").Grants("test.echo");
        foreach (var permission in (string[])["variables.read", "variables.write", "clock.now", "random.bytes"])
        {
            rig.Asks(permission).Grants(permission);
        }

        rig.Options.AddFunction("test.echo", (_, request, result) =>
        {
            System.Buffers.BuffersExtensions.Write(result, request);
            return Plugins.Host.Capabilities.CapabilityStatus.Success;
        });
        return rig;
    }
}
