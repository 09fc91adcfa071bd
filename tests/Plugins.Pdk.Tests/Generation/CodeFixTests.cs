using Microsoft.CodeAnalysis.CodeFixes;
using Plugins.Pdk.CodeFixes;
using Plugins.Pdk.Tests.Support;

namespace Plugins.Pdk.Tests.Generation;

public sealed class CodeFixTests
{
    private const string Before = "namespace Shop { ";

    [TestCase(
        "public partial class P { [PluginFunction(\"f\")] public void F() { } }",
        "public partial class P { [PluginFunction(\"f\")] public static void F() { } }",
        "Make static")]
    [TestCase(
        "\n    class P\n    {\n        // Why.\n        [HostFunction(\"a.b\")]\n        void F() { }\n    }\n",
        "\n    partial class P\n    {\n        // Why.\n        [HostFunction(\"a.b\")]\n"
            + "        static partial void F();\n    }\n",
        "Make static partial")]
    [TestCase(
        "class P { class Q { [HostFunction(\"a.b\")] private void F() { } } }",
        "partial class P { partial class Q { [HostFunction(\"a.b\")] private static partial void F(); } }",
        "Make static partial")]
    public Task ModifierFix_OfAMethod_MakesItAFunction(string source, string repaired, string title) =>
        ExpectAsync(new ModifierFix(), source, repaired, title);

    [TestCase("[PluginFunction(\"Word Count\")]", "[PluginFunction(\"word_count\")]", "Name it \"word_count\"")]
    [TestCase("[PluginFunction(\"größe\")]", "[PluginFunction(\"gr_e\")]", "Name it \"gr_e\"")]
    [TestCase("[PluginFunction(\"\")]", "[PluginFunction(\"count_words\")]", "Name it \"count_words\"")]
    [TestCase("[PluginFunction(\"_start\")]", "[PluginFunction(\"count_words\")]", "Name it \"count_words\"")]
    public Task NameFix_OfAFunction_GivesTheNearestName(string attribute, string repaired, string title) => ExpectAsync(
        new NameFix(),
        $"public class P {{ {attribute} public static void CountWords() {{ }} }}",
        $"public class P {{ {repaired} public static void CountWords() {{ }} }}",
        title);

    [TestCase("Shop.PriceOf", "shop.price_of")]
    [TestCase("shop..9price!", "shop.price")]
    [TestCase("!", "ask")]
    public Task NameFix_OfACapability_GivesTheNearestName(string name, string repaired) => ExpectAsync(
        new NameFix(),
        $"partial class P {{ [HostFunction(\"{name}\")] private static partial void Ask(); }}",
        $"partial class P {{ [HostFunction(\"{repaired}\")] private static partial void Ask(); }}",
        $"Name it \"{repaired}\"");

    [Test]
    public Task ContextFix_OfAMissingType_AddsItToTheContext() => ExpectAsync(
        new ContextFix(),
        """

            public sealed record Order(int Number);

            /// <summary>Describes.</summary>
            [JsonSerializable(typeof(string))]
            public sealed partial class ShopJson;

            [PluginPayloads(typeof(ShopJson))]
            public static class P { [PluginFunction("f")] public static void F(Order order) { } }
        """,
        """

            public sealed record Order(int Number);

            /// <summary>Describes.</summary>
            [JsonSerializable(typeof(string))]
            [JsonSerializable(typeof(Order))]
            public sealed partial class ShopJson;

            [PluginPayloads(typeof(ShopJson))]
            public static class P { [PluginFunction("f")] public static void F(Order order) { } }
        """,
        "Describe it in Shop.ShopJson");

    private static async Task ExpectAsync(CodeFixProvider provider, string source, string repaired, string title)
    {
        var project = new PluginProject($"{Before}{source} }}");

        (string text, string shown) = await FixRun.ApplyAsync(project, provider);

        Assert.That(shown, Is.EqualTo(title));
        Assert.That(text, Is.EqualTo($"{Before}{repaired} }}"));
        Assert.That(await new PluginProject(text).AnalyzeAsync(), Is.Empty);
    }
}
