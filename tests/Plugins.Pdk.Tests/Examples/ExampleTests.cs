using Plugins.Pdk.Runtime;
using Plugins.Pdk.Tests.Support;

namespace Plugins.Pdk.Tests.Examples;

/// <summary>The plugins in C# answer what those in the other languages do.</summary>
public sealed class ExampleTests
{
    private static readonly Dictionary<string, PluginModule> Modules = new(StringComparer.Ordinal)
    {
        ["greeter"] = Greeter.PluginExports.Module,
        ["invoice"] = Invoice.PluginExports.Module,
        ["shout"] = Shout.PluginExports.Module,
        ["slugify"] = Slugify.PluginExports.Module,
        ["word_count"] = WordCount.PluginExports.Module,
    };

    private static IEnumerable<TestCaseData> Cases =>
        PluginCase.Load(Path.Combine(AppContext.BaseDirectory, "plugin-cases.json"))
            .Select(@case => new TestCaseData(@case).SetArgDisplayNames(@case.ToString()));

    [TestCaseSource(nameof(Cases))]
    public void Example_OfATableCase_AnswersAsInOtherLanguages(object @case)
    {
        var pluginCase = (PluginCase)@case;

        Assert.That(pluginCase.Check(Modules[pluginCase.Plugin]), Is.Null);
    }

    [TestCase("greeter", "greet", "config.read", "greeting.prefix")]
    [TestCase("invoice", "invoice")]
    [TestCase("shout", "shout")]
    [TestCase("slugify", "slugify")]
    [TestCase("word_count", "word_count")]
    public void Module_OfAnExample_NamesFunctionsAndCapabilities(string name, string function, params string[] uses)
    {
        PluginModule module = Modules[name];

        Assert.That(module.Functions.Keys, Is.EqualTo([function]));
        Assert.That(module.Capabilities, Is.EqualTo(uses));
    }
}
