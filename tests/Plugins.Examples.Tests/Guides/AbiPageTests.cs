using System.Buffers.Binary;
using System.Text;
using Plugins.Examples.Tests.Support;
using Plugins.Host.Errors;

namespace Plugins.Examples.Tests.Guides;

/// <summary>What docs/abi.md shows byte by byte is what the host does.</summary>
internal sealed class AbiPageTests
{
    private static readonly Markdown Page = Markdown.Read("docs/abi.md");
    private static readonly string[] Permissions =
        ["variables.read", "variables.write", "clock.now", "random.bytes"];

    [TestCase("Ada")]
    [TestCase("")]
    public void FirstModule_OfThePage_Echoes(string input)
    {
        using var guest = new LoadedGuest(AbiExample.ReadModules(Page)[0], "echo");

        var output = guest.Plugin.Call("echo", Encoding.UTF8.GetBytes(input)).Output;

        Assert.That(Encoding.UTF8.GetString(output.Span), Is.EqualTo(input));
    }

    [Test]
    public void FirstModule_WithManyPages_EchoesThemAll()
    {
        using var guest = new LoadedGuest(AbiExample.ReadModules(Page)[0], "echo");
        var input = new byte[200_000];
        new Random(1).NextBytes(input);

        Assert.That(guest.Plugin.Call("echo", input).Output.ToArray(), Is.EqualTo(input));
    }

    [Test]
    public void SecondModule_OfThePage_Refuses()
    {
        using var guest = new LoadedGuest(AbiExample.ReadModules(Page)[1], "refuse");

        var failure = Assert.Throws<PluginGuestException>(() => guest.Plugin.Call("refuse", []))!;

        Assert.That((failure.ExitCode, failure.GuestMessage), Is.EqualTo((3, "not ready")));
    }

    [Test]
    public void Requests_OfThePageInOrder_AnswerAsItSays()
    {
        var examples = AbiExample.Read(Page);
        Assert.That(examples, Has.Length.EqualTo(13));
        using var guest = Capabilities(examples);

        foreach (var example in examples)
        {
            // Its first four bytes are the status.
            var answer = guest.Plugin.Call(Export(example), example.Request).Output.Span;
            var status = BinaryPrimitives.ReadInt32LittleEndian(answer);
            var expected = (example.Status, example.ResultLength);
            Assert.That((status, answer.Length - 4), Is.EqualTo(expected), example.Capability);
            if (example.Result is not null)
            {
                Assert.That(answer[4..].ToArray(), Is.EqualTo(example.Result), example.Capability);
            }
        }
    }

    [Test]
    public void Capabilities_OfTheTable_HaveAnExample()
    {
        var offered = Page.Lines
            .SkipWhile(line => line != "### Built-in capabilities")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])
            .Where(name => name.Contains('.', StringComparison.Ordinal))
            .TakeWhile(name => name != "http.send");

        Assert.That(AbiExample.Read(Page).Select(example => example.Capability), Is.SupersetOf(offered));
    }

    /// <summary>A module that sends its input as the request, and gives status and result.</summary>
    private static LoadedGuest Capabilities(AbiExample[] examples)
    {
        string[] exports = [.. examples.Select(Export).Distinct(StringComparer.Ordinal)];
        return new LoadedGuest(
            Repository.ReadBytes("tests/guests/capabilities.wasm"),
            exports[0],
            [.. Permissions, "test.echo"],
            ("language", "en"),
            new StandingClock(),
            exports[1..]);
    }

    private static string Export(AbiExample example) => example.Capability.Replace('.', '_');
}
