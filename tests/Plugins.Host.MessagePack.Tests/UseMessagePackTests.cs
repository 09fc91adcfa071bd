using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Plugins.Host.MessagePack.Tests;

internal sealed class UseMessagePackTests
{
    [Test]
    public void Options_WithMessagePack_HaveItBesideJson()
    {
        PluginHostOptions options = new PluginHostOptions { AllowUnsigned = true }.UseMessagePack();
        Assert.That(options.Payloads.Select(format => format.Name), Is.EqualTo(new[] { "MessagePack", "JSON" }));
        Assert.That(() => new PluginHost(options).Dispose(), Throws.Nothing);
    }

    [Test]
    public void Services_WithMessagePack_GiveItToTheHost()
    {
        using var services = new ServiceCollection()
            .AddPlugins(options => options.AllowUnsigned = true)
            .UseMessagePack(new MessagePackPayloadOptions { MaximumDepth = 3 })
            .Services.BuildServiceProvider();
        PluginHostOptions options = services.GetRequiredService<IOptions<PluginHostOptions>>().Value;
        Assert.That(options.Payloads.Select(format => format.Name), Is.EqualTo(new[] { "MessagePack", "JSON" }));
    }

    [Test]
    public void Options_ThatAreNull_AreMisuse()
    {
        Assert.That(() => ((PluginHostOptions)null!).UseMessagePack(), Throws.ArgumentNullException);
        Assert.That(
            () => ((DependencyInjection.PluginsBuilder)null!).UseMessagePack(), Throws.ArgumentNullException);
    }
}
