using Microsoft.Extensions.Logging;
using Plugins.Host.Tests.Support;

namespace Plugins.Testing.Tests;

/// <summary>What docs/testing.md shows is what happens.</summary>
internal sealed class DocumentationTests
{
    [Test]
    public void Example_OfTheGuide_DoesWhatItSays()
    {
        using var host = new PluginTestHost()
            .Configure("language", "de")
            .Stub("greeting.prefix", language => language == "de" ? "Guten Tag" : null);
        var greeter = host.LoadFile(GuestFiles.PathOf("examples/Pdk-C/greeter"));

        greeter.Call("greet", "Ada")
            .ShouldOutput("Guten Tag, Ada!")
            .ShouldCall("greeting.prefix", "de")
            .ShouldLog(LogLevel.Information, "greeting given");

        host.Stub("greeting.prefix", _ => null);
        greeter.Call("greet", "Ada").ShouldFail("there is no greeting for the language \"de\"", code: 2);
    }

    [Test]
    public void Failure_OfTheGuide_IsWhatATestShows()
    {
        using var host = new PluginTestHost().Configure("language", "de").Stub("greeting.prefix", "Guten Tag");
        var greeter = host.LoadFile(GuestFiles.PathOf("examples/Pdk-C/greeter"));

        var failure = Assert.Throws<PluginAssertionException>(
            () => greeter.Call("greet", "Ada").ShouldOutput("Guten Tag, Ada."))!;

        Assert.That(File.ReadAllText(GuestFiles.PathOf("docs/testing.md")), Does.Contain(failure.Message));
    }
}
