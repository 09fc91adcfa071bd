using Plugins.Host.EngineTests.Support;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Guests;

/// <summary>Constructors of C++ and C run once for each instance, in <c>_initialize</c>.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[CancelAfter(600_000)]
internal sealed class ConstructorGuestTests(TestedEngine tested)
{
    [TestCase("cpp", 1_000)]
    [TestCase("initialized", 1_000)]
    [TestCase("called", 100)]
    public void Global_OfAConstructor_CountsOnInASession(string module, int start)
    {
        using var rig = Load(module);
        using var session = rig.Load().OpenSession();
        var answers = Enumerable.Range(0, 3).Select(_ => int.Parse(session.CallText("run", "").Value));
        Assert.That(answers, Is.EqualTo([start + 1, start + 2, start + 3]));
    }

    [TestCase("cpp", "1001")]
    [TestCase("initialized", "1001")]
    [TestCase("called", "101")]
    public void Global_OfAConstructor_IsWhatEachCallFinds(string module, string first)
    {
        using var rig = Load(module);
        var plugin = rig.Load();
        var answers = Enumerable.Range(0, 3).Select(_ => plugin.CallText("run", "").Value);
        Assert.That(answers, Is.All.EqualTo(first));
    }

    /// <summary>The host runs what a module exports; that of a command begins with its constructors.</summary>
    [Test]
    public void Command_WithoutInitialize_RunsItsConstructorsAtEachCall()
    {
        using var rig = Load("command");
        using var session = rig.Load().OpenSession();
        var answers = Enumerable.Range(0, 3).Select(_ => session.CallText("run", "").Value);
        Assert.That(answers, Is.EqualTo(["101", "202", "303"]).AsCollection);
    }

    private Rig Load(string module) =>
        new Rig(GuestFiles.Read($"tests/guests/constructors/{module}.wasm"), tested).WithSystemTime().Lists("run")
            .Limits(limits => limits with { WallTime = TimeSpan.FromMinutes(10) });
}
