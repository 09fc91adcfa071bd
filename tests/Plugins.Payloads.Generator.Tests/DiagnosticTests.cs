using Microsoft.CodeAnalysis;
using Plugins.Payloads.Generator.Tests.Support;

namespace Plugins.Payloads.Generator.Tests;

/// <summary>What cannot be generated is said at the place that is to be changed.</summary>
public sealed class DiagnosticTests
{
    [TestCase("public sealed class Context : PayloadContext", "not partial")]
    [TestCase("public sealed partial class Context", "does not derive")]
    [TestCase("public abstract partial class Context : PayloadContext", "abstract")]
    [TestCase("public sealed partial class Context<T> : PayloadContext", "generic")]
    [TestCase("public sealed partial class Context(int a) : PayloadContext", "constructor")]
    public void Context_Unusable_IsPlp001(string declaration, string reason)
    {
        GeneratorRun run = GeneratorRun.Of($$"""[PayloadSerializable(typeof(int))] {{declaration}} { }""");

        Assert.That(run.DiagnosticIds, Is.EqualTo(["PLP001"]));
        Assert.That(run.Result.Diagnostics[0].GetMessage(null), Does.Contain(reason));
    }

    [TestCase("object", "JsonElement")]
    [TestCase("int[,]", "one dimension")]
    [TestCase("(int, int)", "tuples")]
    [TestCase("Action", "cannot be stored")]
    [TestCase("Queue<int>", "kind of collection")]
    [TestCase("System.IO.FileInfo", "no converter")]
    [TestCase("IDisposable", "no converter")]
    [TestCase("List<>", "closed")]
    [TestCase("Dictionary<double, int>", "keys are")]
    [TestCase("IFace", "JsonDerivedType")]
    [TestCase("Base", "JsonDerivedType")]
    [TestCase("Converted", "JsonConverter")]
    [TestCase("ConvertedEnum", "JsonConverter")]
    [TestCase("Endless<int>", "never end")]
    public void Type_Unsupported_IsPlp002(string type, string reason)
    {
        GeneratorRun run = GeneratorRun.OfTypes(type, """
            public interface IFace;
            public abstract class Base;
            public class Any : JsonConverter<int>
            {
                public override int Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => 0;
                public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) { }
            }
            [JsonConverter(typeof(Any))] public class Converted;
            [JsonConverter(typeof(Any))] public enum ConvertedEnum;
            public class Endless<T> { public Endless<List<T>>? Next { get; set; } }
            """);

        Assert.That(run.DiagnosticIds, Is.EqualTo(["PLP002"]));
        Assert.That(run.Result.Diagnostics[0].GetMessage(null), Does.Contain(reason));
    }

    [TestCase("class T { private T() { } }", "PLP003")]
    [TestCase("class T { public T(int a) { } public T(long a) { } public int A => 0; }", "PLP003")]
    [TestCase("class T { [JsonConstructor] public T() { } [JsonConstructor] public T(int a) { } }", "PLP003")]
    [TestCase("class T { public T(int other) { } public int A { get; } }", "PLP004")]
    [TestCase("class T { public T(long a) { } public int A { get; } }", "PLP004")]
    [TestCase("class T { public int A {gs} [JsonPropertyName(\"A\")] public int B {gs} }", "PLP005")]
    [TestCase("class T { [PayloadKey(1)] public int A {gs} [PayloadKey(1)] public int B {gs} }", "PLP005")]
    [TestCase("class T { [PayloadKey(1)] public int A {gs} public int B {gs} }", "PLP006")]
    [TestCase("class T { [JsonConverter(typeof(int))] public int A {gs} }", "PLP007")]
    [TestCase("class T { [JsonConverter(typeof(JsonStringEnumConverter))] public int A {gs} }", "PLP007")]
    [TestCase("class T { [JsonExtensionData] public Dictionary<string, JsonElement>? A {gs} }", "PLP007")]
    [TestCase("class T { [JsonNumberHandling((JsonNumberHandling)2)] public int A {gs} }", "PLP007")]
    [TestCase("class T { [JsonIgnore(Condition = (JsonIgnoreCondition)3)] public int A {gs} }", "PLP007")]
    [TestCase("class T { [PayloadKey(-1)] public int A {gs} }", "PLP007")]
    [TestCase("[JsonObjectCreationHandling((JsonObjectCreationHandling)1)] class T { public int A {gs} }", "PLP002")]
    [TestCase("class T { [JsonObjectCreationHandling((JsonObjectCreationHandling)1)] public int[] A {gs} }", "PLP007")]
    [TestCase("class T { [PayloadConverter(typeof(string))] public int A {gs} }", "PLP007")]
    [TestCase("[PayloadConverter(typeof(PayloadConverter<T>))] class T;", "PLP007")]
    [TestCase("class T { [JsonInclude] private int A {gs} }", "PLP008")]
    [TestCase("class T { private class P; public List<P> A {gs} = []; }", "PLP008")]
    [TestCase("class T { [JsonConstructor] private T(int a) { } public int A { get; } }", "PLP008")]
    [TestCase("[JsonDerivedType(typeof(string), 1)] class T;", "PLP009")]
    [TestCase("[JsonDerivedType(typeof(D), 1)] [JsonDerivedType(typeof(T), 1)] class T; class D : T;", "PLP009")]
    [TestCase("[JsonDerivedType(typeof(T), 1)] [JsonDerivedType(typeof(T), 2)] class T;", "PLP009")]
    [TestCase("[JsonDerivedType(typeof(D), 1)] class T; [PayloadConverter(typeof(int))] class D : T;", "PLP009")]
    [TestCase("[JsonDerivedType(typeof(D), 1)] class T; abstract class D : T;", "PLP009")]
    [TestCase("class T { [JsonIgnore] public required int A {gs} }", "PLP010")]
    [TestCase("class T { [JsonRequired] public int A { get; } }", "PLP010")]
    [TestCase("public struct T { public T(int a) => A = a; public int A { get; } }", "PLP011")]
    public void Member_Unsupported_IsTold(string declaration, string id)
    {
        GeneratorRun run = GeneratorRun.OfTypes("T", declaration);

        Assert.That(run.DiagnosticIds, Is.EqualTo([id]));
    }

    [Test]
    public void Fault_OfAMember_IsAtItsDeclaration()
    {
        GeneratorRun run = GeneratorRun.OfTypes("T", "public class T { public object? Thing { get; set; } }");

        Diagnostic diagnostic = run.Result.Diagnostics.Single();
        Assert.That(diagnostic.Location.GetLineSpan().Path, Is.EqualTo("Source.cs"));
        Assert.That(TextAt(run, diagnostic), Is.EqualTo("Thing"));
    }

    [Test]
    public void Fault_OfATypeFromElsewhere_IsAtTheAttribute()
    {
        GeneratorRun run = GeneratorRun.OfTypes("Queue<int>", "");

        Assert.That(TextAt(run, run.Result.Diagnostics.Single()),
            Is.EqualTo("PayloadSerializable(typeof(Queue<int>))"));
    }

    [Test]
    public void Fault_InOnePlace_LeavesTheContextComplete()
    {
        GeneratorRun run = GeneratorRun.OfTypes(
            "T", "public class T { public object? A { get; set; } public int B { get; set; } }");

        Assert.That(run.CompilerDiagnostics, Is.Empty);
    }

    [Test]
    public void Type_ThatDoesNotExist_IsLeftToTheCompiler()
    {
        GeneratorRun run = GeneratorRun.OfTypes("T", "public class T { public Missing A { get; set; } }");

        Assert.That(run.DiagnosticIds, Is.Empty);
        Assert.That(run.CompilerDiagnosticIds, Is.EqualTo(["CS0246"]));
    }

    private static string TextAt(GeneratorRun run, Diagnostic diagnostic) =>
        run.SourceText.ToString(diagnostic.Location.SourceSpan);
}
