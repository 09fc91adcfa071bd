using System.Buffers;
using Plugins.Payloads.Generator.Tests.Samples;
using Plugins.Payloads.Generator.Tests.Support;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Generator.Tests;

/// <summary>Sources that are legal but unusual must give code that compiles, warnings being errors.</summary>
public sealed class GeneratedCodeTests
{
    [TestCase("class T { public int @int {gs} public string @namespace {gi} = \"\"; }")]
    [TestCase("public class @class { public int A {gs} } class T { public @class? A {gs} }")]
    [TestCase("class T { [Obsolete(\"old\")] public int A {gs} }")]
    [TestCase("class T { public int value {gs} public int reader {gi} public int seen {gi} }")]
    [TestCase("class T { public int Value {gs} public int value {gi} }")]
    [TestCase("class T { public DateTime? A {gi} = DateTime.UnixEpoch; public int?[]? B {gi} }")]
    [TestCase("class T { [JsonPropertyName(\"*/ \\\" \\n\\u2028\")] public int A {gs} }")]
    [TestCase("record T(int A = -1, long B = 5, char C = '\\'', string D = \"\\\"\", float E = 1f, decimal F = 1.5m);")]
    [TestCase("record T(double A = double.NaN, DayOfWeek B = (DayOfWeek)(-3), int? C = 4, Guid D = default);")]
    [TestCase("public struct T { public T() { } public int A {gi} = 5; public required string B {gs} }")]
    [TestCase("public readonly record struct T(int A, string? B);")]
    [TestCase("class T { public static T Default { get; } = new(); public const int C = 1; "
        + "public int this[int i] => i; }")]
    [TestCase("namespace N { class T { public Other.T? A {gs} } } namespace Other { class T; } class T : N.T;")]
    [TestCase("class T { public Dictionary<Guid, Dictionary<string, int[]?>?>? A {gs} }")]
    [TestCase("public abstract class B { public abstract int A {gs} } class T : B { public override int A {gs} }")]
    [TestCase("public class B { public int A {gs} } class T : B { public new string? A {gs} }")]
    [TestCase("class T { public required T? A {gs} [SetsRequiredMembers] public T() { } }")]
    [TestCase("class T { public T(int a) => A = a; public required int A {gs} }")]
    [TestCase("class T { public T(in int a) => A = a; public int A { get; } }")]
    [TestCase("class T { public int A { private get; set; } public int B { get; private set; } "
        + "public int C { init { } } }")]
    [TestCase("public interface I { int A { get; } } class T : I { int I.A => 1; public List<T?> B {gi} = []; }")]
    public void Code_OfAnUnusualType_Compiles(string types)
    {
        GeneratorRun run = GeneratorRun.OfTypes("T", types);

        Assert.That(run.DiagnosticIds, Is.Empty);
        Assert.That(run.CompilerDiagnostics, Is.Empty);
    }

    [Test]
    public void Contexts_OfOneNameInTwoPlaces_DoNotCollide()
    {
        GeneratorRun run = GeneratorRun.Of("""
            namespace A { [PayloadSerializable(typeof(int[]))] partial class Context : PayloadContext; }
            namespace B { [PayloadSerializable(typeof(int[]))] partial class Context : PayloadContext; }
            partial record struct Outer { [PayloadSerializable(typeof(int[]))] partial class Context : PayloadContext; }
            """);

        Assert.That(run.CompilerDiagnostics, Is.Empty);
        Assert.That(run.Files, Has.Count.EqualTo(6));
    }

    [Test]
    public void Code_Generated_NeedsNoReflection()
    {
        string code = string.Concat(GeneratorRun.OfTypes("T", """
            [JsonDerivedType(typeof(T), "t")]
            public record T(int A, List<T> B, Dictionary<string, T?> C, DayOfWeek D);
            """).Files.Values);

        Assert.That(code, Does.Not.Contain("Reflection").And.Not.Contain("Activator").And.Not.Contain("dynamic"));
    }

    [Test]
    public void Writing_Numbers_AllocatesNothing()
    {
        var value = new Shop.Numbers { NullableDouble = 1.5, Decimal = 0 };
        var output = new ArrayBufferWriter<byte>(4_096);
        PayloadConverter<Shop.Numbers> converter = ShopPayloads.Default.GetConverter<Shop.Numbers>()!;
        long before = 0;
        for (int i = 0; i < 3; i++)
        {
            output.ResetWrittenCount();
            before = GC.GetAllocatedBytesForCurrentThread();
            MessagePackSerializer.Serialize(output, value, converter);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Reading_AStructure_AllocatesNothing()
    {
        byte[] document = Documents.Write(new Shop.Point(1, 2));
        PayloadConverter<Shop.Point> converter = ShopPayloads.Default.GetConverter<Shop.Point>()!;
        MessagePackSerializer.Deserialize(document, converter);

        long before = GC.GetAllocatedBytesForCurrentThread();
        MessagePackSerializer.Deserialize(document, converter);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
