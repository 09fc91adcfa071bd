using Plugins.Host.Errors;
using Plugins.Host.Tests.Foreign;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

/// <summary>The application's converters may refuse what a guest wrote with any exception.</summary>
internal sealed class UnreadableOutputTests
{
    [TestCase(typeof(ArgumentOutOfRangeException))]
    [TestCase(typeof(FormatException))]
    [TestCase(typeof(KeyNotFoundException))]
    [TestCase(typeof(OperationCanceledException))]
    public void Converter_ThatThrows_SaysThatTheOutputIsNotOfTheType(Type type)
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.Output("5");
            return 0;
        });
        var info = ThrowingConverter.Describe((Exception)Activator.CreateInstance(type)!);
        var plugin = rig.Load();
        var failure = Assert.Throws<PluginOutputException>(() => plugin.CallJson("run", 1, info, info))!;
        Assert.That(failure.InnerException, Is.TypeOf(type));
        Assert.That(
            async () => await plugin.CallJsonAsync("run", 1, info, info), Throws.TypeOf<PluginOutputException>());
    }
}
