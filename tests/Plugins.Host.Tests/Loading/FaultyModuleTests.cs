using Plugins.Host.Errors;

namespace Plugins.Host.Tests.Loading;

/// <summary>What is said of bytes that are no module, or none that is valid.</summary>
internal sealed class FaultyModuleTests
{
    // A function that must return an i32 and has no code.
    private static readonly byte[] NoResult =
        [0x00, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7F, 3, 2, 1, 0, 10, 4, 1, 2, 0, 0x0B];

    [Test]
    public void Message_OfAMalformedModule_TellsTheByte()
    {
        using var host = new PluginHost(new PluginHostOptions { AllowUnsigned = true });
        Assert.That(
            () => host.LoadUnsigned("junkjunk"u8),
            Throws.TypeOf<PluginMalformedException>().With.Message.Contains("malformed at byte 0: magic header"));
    }

    [Test]
    public void Message_OfAnInvalidModule_TellsTheByte()
    {
        using var host = new PluginHost(new PluginHostOptions { AllowUnsigned = true });
        Assert.That(
            () => host.LoadUnsigned(NoResult),
            Throws.TypeOf<PluginInvalidException>().With.Message.Contains("invalid at byte 24: "));
    }
}
