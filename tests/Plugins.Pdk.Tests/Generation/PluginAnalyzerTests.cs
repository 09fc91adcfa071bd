using Microsoft.CodeAnalysis;
using Plugins.Pdk.Tests.Support;

namespace Plugins.Pdk.Tests.Generation;

public sealed class PluginAnalyzerTests
{
    private const string Context = """
        namespace Shop
        {
            public sealed record Order(int Number);
            public sealed record Bill(int Number);

            [JsonSerializable(typeof(Order))]
            public sealed partial class ShopJson;
        }
        """;

    private const string Function = "[PluginFunction(\"f\")] ";
    private const string HostFunction = "[HostFunction(\"shop.price\")] ";

    [TestCase("PLG001", Function + "public void F() { }")]
    [TestCase("PLG002", Function + "private static void F() { }")]
    [TestCase("PLG002", Function + "static void F() { }")]
    [TestCase("PLG002", Function + "protected static void F() { }")]
    [TestCase("PLG002", "private class Inner { " + Function + "public static void F() { } }")]
    [TestCase("PLG002", "public static void G() { F(); " + Function + "static void F() { } }")]
    [TestCase("PLG003", Function + "public static void F<T>() { }")]
    [TestCase("PLG003", "public class Inner<T> { " + Function + "public static void F() { } }")]
    [TestCase("PLG004", Function + "public static void F(byte[] a, byte[] b) { }")]
    [TestCase("PLG004", Function + "public static void F(in string a) { }")]
    [TestCase("PLG004", Function + "public static void F(out string a) { a = \"\"; }")]
    [TestCase("PLG004", Function + "public static void F(Span<byte> a) { }")]
    [TestCase("PLG004", Function + "public static void F(ReadOnlySpan<char> a) { }")]
    [TestCase("PLG004", Function + "public static unsafe void F(byte* a) { }")]
    [TestCase("PLG004", Function + "public static void F(dynamic a) { }")]
    [TestCase("PLG005", Function + "public static ref string F() => throw null!;")]
    [TestCase("PLG005", Function + "public static Span<byte> F() => default;")]
    [TestCase("PLG005", Function + "public static HostReply F() => default;")]
    [TestCase("PLG006", Function + "public static async void F() { await Task.Yield(); }")]
    [TestCase("PLG006", Function + "public static Task<string> F() => throw null!;")]
    [TestCase("PLG006", Function + "public static ValueTask F() => default;")]
    [TestCase("PLG007", "[PluginFunction(\"\")] public static void F() { }")]
    [TestCase("PLG007", "[PluginFunction(\"a b\")] public static void F() { }")]
    [TestCase("PLG007", "[PluginFunction(\"größe\")] public static void F() { }")]
    [TestCase("PLG007", "[PluginFunction(\"memory\")] public static void F() { }")]
    [TestCase("PLG007", "[PluginFunction(\"_initialize\")] public static void F() { }")]
    [TestCase("PLG008", Function + "public static void F() { } " + Function + "public static void G() { }")]
    [TestCase("PLG009", Function + "public static void F(Order order) { }")]
    [TestCase("PLG009", Function + "public static int F() => 0;")]
    [TestCase("PLG010", "[PluginPayloads(typeof(ShopJson))] public static class I { "
        + Function + "public static void F(Bill bill) { } }")]
    [TestCase("PLG011", "[PluginPayloads(typeof(Order))] public static class I { "
        + Function + "public static void F(Order order) { } }")]
    [TestCase("PLG011", "[PluginPayloads(typeof(ShopJson)), PluginPayloads(typeof(ShopJson))] public static class I { "
        + Function + "public static void F(Order order) { } }")]
    [TestCase("PLG012", HostFunction + "public static string F() => \"\";")]
    [TestCase("PLG012", HostFunction + "public partial string F();")]
    [TestCase("PLG012", "public static class I { " + HostFunction + "public static partial string F(); }")]
    [TestCase("PLG012", HostFunction + "private static partial string F(); private static partial string F() => \"\";")]
    [TestCase("PLG013", "[HostFunction(\"Shop.Price\")] private static partial string F();")]
    [TestCase("PLG013", "[HostFunction(\"shop..price\")] private static partial string F();")]
    [TestCase("PLG013", "[HostFunction(\"1shop\")] private static partial string F();")]
    [TestCase("PLG003", HostFunction + "private static partial string F<T>();")]
    [TestCase("PLG004", HostFunction + "private static partial string F(string a, string b);")]
    [TestCase("PLG005", HostFunction + "private static partial ReadOnlySpan<byte> F();")]
    [TestCase("PLG006", HostFunction + "private static partial Task F();")]
    [TestCase("PLG009", HostFunction + "private static partial Order F();")]
    public async Task Method_ThatCannotCross_IsReported(string id, string member)
    {
        var project = new PluginProject(Context, $"namespace Shop {{ public partial class Plugin {{ {member} }} }}");

        Diagnostic[] found = await project.AnalyzeAsync();

        string[] ids = [.. found.Select(diagnostic => diagnostic.Id)];
        Assert.That(ids, Is.EqualTo([id]), () => string.Join('\n', (object[])found));
        Assert.That(found[0].Location.IsInSource, Is.True);
    }

    [TestCase("PLG001", "'F' must be static: the host calls it without an object", "public void F() { }")]
    [TestCase(
        "PLG004",
        "'F' takes 2 parameters; a function takes nothing or one value: ReadOnlySpan<byte>, byte[], string or a "
            + "payload type",
        "public static void F(string a, string b) { }")]
    [TestCase(
        "PLG009",
        "'Shop.Order' travels as JSON, and neither the class nor the assembly names a context with [PluginPayloads]",
        "public static void F(Order order) { }")]
    public async Task Report_OfAFault_SaysWhatToDo(string id, string message, string member)
    {
        var project = new PluginProject(
            Context, $"namespace Shop {{ public partial class Plugin {{ {Function}{member} }} }}");

        Diagnostic[] found = await project.AnalyzeAsync();

        Assert.That(found.Select(diagnostic => (diagnostic.Id, diagnostic.GetMessage())), Is.EqualTo([(id, message)]));
    }

    [Test]
    public async Task DuplicateName_InTwoFiles_IsReportedAtTheSecond()
    {
        var project = new PluginProject(
            $"namespace Shop {{ public static class A {{ {Function}public static void F() {{ }} }} }}",
            $"namespace Shop {{ public static class B {{ {Function}public static void F() {{ }} }} }}");

        Diagnostic[] found = await project.AnalyzeAsync();

        Assert.That(found.Select(diagnostic => diagnostic.Location.SourceTree?.FilePath), Is.EqualTo(["Source2.cs"]));
    }
}
