using System.Buffers;
using System.Buffers.Binary;
using Plugins.Host.Capabilities;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Guests;

/// <summary>Real modules that lie about where their data is, to every function that takes a range.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[CancelAfter(600_000)]
internal sealed class RangeGuestTests(TestedEngine tested)
{
    private const bool FromStart = false;
    private const bool FromEnd = true;
    private static readonly string[] AbiFunctions =
        ["input_read", "output_write", "error_write", "result_read", "log"];

    private static IEnumerable<TestCaseData> Ranges()
    {
        yield return Case(FromStart, 0, 0, isInside: true);
        yield return Case(FromStart, 0, 65_536, isInside: true);
        yield return Case(FromStart, 65_535, 1, isInside: true);
        yield return Case(FromEnd, 0, 0, isInside: true);
        yield return Case(FromEnd, -4, 4, isInside: true);
        yield return Case(FromEnd, 1, 0, isInside: false);
        yield return Case(FromEnd, 0, 1, isInside: false);
        yield return Case(FromEnd, -4, 5, isInside: false);
        yield return Case(FromStart, 0, 1 << 20, isInside: false);
        yield return Case(FromStart, -1, 0, isInside: false);
        yield return Case(FromStart, -1, 1, isInside: false);
        yield return Case(FromStart, 0, -1, isInside: false);
        yield return Case(FromStart, 16, -16, isInside: false);
        yield return Case(FromStart, -16, 16, isInside: false);
        yield return Case(FromStart, -16, 32, isInside: false);
        yield return Case(FromStart, -1, -1, isInside: false);
        yield return Case(FromStart, int.MaxValue, int.MaxValue, isInside: false);
        yield return Case(FromStart, int.MinValue, 0, isInside: false);
        yield return Case(FromStart, 0, int.MinValue, isInside: false);
    }

    [TestCaseSource(nameof(Ranges))]
    public void Range_GivenToTheAbi_IsTakenWholeOrTraps(bool fromEnd, int pointer, int length, bool isInside)
    {
        using var rig = new Rig(GuestFiles.Read("tests/guests/hostile.wasm"), tested).Lists("range")
            .Limits(limits => limits with { ErrorBytes = 1 << 20 });
        rig.Options.MaximumLimits = rig.Options.MaximumLimits with { ErrorBytes = 1 << 20 };
        var plugin = rig.Load();
        for (byte function = 0; function < AbiFunctions.Length; function++)
        {
            Expect(plugin, [function, .. Range(fromEnd, pointer, length)], AbiFunctions[function], isInside);
        }
    }

    [TestCaseSource(nameof(Ranges))]
    public void Range_GivenToACapability_IsTakenWholeOrTraps(bool fromEnd, int pointer, int length, bool isInside)
    {
        using var rig = new Rig(GuestFiles.Read("tests/guests/capabilities.wasm"), tested).Lists("range");
        foreach (var permission in (string[])
            ["test.echo", "variables.read", "variables.write", "clock.now", "random.bytes"])
        {
            rig.Asks(permission).Grants(permission);
        }

        rig.Options.AddFunction("test.echo", (_, request, result) =>
        {
            result.Write(request);
            return CapabilityStatus.Success;
        });
        Expect(rig.Load(), Range(fromEnd, pointer, length), "test.echo", isInside);
    }

    private static void Expect(Plugin plugin, byte[] input, string function, bool isInside)
    {
        if (isInside)
        {
            Assert.That(() => plugin.Call("range", input), Throws.Nothing, function);
            return;
        }

        var failure = Assert.Throws<PluginTrapException>(() => plugin.Call("range", input), function)!;
        Assert.That(failure.Trap, Is.EqualTo(TrapCode.HostRangeOutOfBounds));
    }

    private static byte[] Range(bool fromEnd, int pointer, int length)
    {
        var range = new byte[9];
        range[0] = fromEnd ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(range.AsSpan(1), pointer);
        BinaryPrimitives.WriteInt32LittleEndian(range.AsSpan(5), length);
        return range;
    }

    private static TestCaseData Case(bool fromEnd, int pointer, int length, bool isInside) =>
        new TestCaseData(fromEnd, pointer, length, isInside)
            .SetArgDisplayNames(fromEnd ? "end" : "start", $"{pointer}", $"{length}");
}
