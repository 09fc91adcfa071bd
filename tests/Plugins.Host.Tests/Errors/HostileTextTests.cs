using Plugins.Host.Errors;
using Plugins.Host.MessagePack;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Manifest;
using Plugins.Manifest.Text;
using Plugins.Wasm.Diagnostics;

namespace Plugins.Host.Tests.Errors;

/// <summary>
/// Makes every exception of these packages by each of its constructors, with hostile text wherever text may be.
/// </summary>
internal sealed class HostileTextTests
{
    private static readonly IEnumerable<Type> Types = new[]
    {
        typeof(ManifestException).Assembly, typeof(PluginException).Assembly, typeof(WasmtimeException).Assembly,
        typeof(MessagePackPayloadException).Assembly,
    }.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.IsAssignableTo(typeof(Exception)) && !type.IsAbstract);

    private static readonly IEnumerable<TestCaseData> Constructors =
        Types.SelectMany(type => HostileValues.ConstructorsOf(type).Select((constructor, index) =>
            new TestCaseData(constructor).SetArgDisplayNames($"{type.Name} {index}")));

    [TestCaseSource(nameof(Constructors))]
    public void Message_OfHostileText_IsBoundedAndHarmless(System.Reflection.ConstructorInfo constructor)
    {
        var exception = HostileValues.Make(constructor);

        Assert.That(exception.Message, Has.Length.LessThanOrEqualTo(VisibleText.MaximumMessageLength + 400));
        Assert.That(VisibleText.Escape(exception.Message, keepLines: exception is WasmtimeLibraryMissingException),
            Is.EqualTo(exception.Message));
    }

    [TestCaseSource(nameof(Constructors))]
    public void ToString_OfHostileText_IsBoundedAndHarmless(System.Reflection.ConstructorInfo constructor)
    {
        var exception = HostileValues.Throw(HostileValues.Make(constructor));
        var text = exception.ToString();

        Assert.That(text, Has.Length.LessThanOrEqualTo(VisibleText.MaximumDescriptionLength));
        Assert.That(VisibleText.Escape(text, keepLines: true), Is.EqualTo(text));
        Assert.That(text, Does.Contain(VisibleText.Escape(exception.Message)).And.Contain(nameof(HostileValues.Throw)));
        Assert.That(text.Split('\n').Skip(1), Has.All.Match("^( ---> |   )"));
    }

    [Test]
    public void Types_ThatAreMade_AreAll()
    {
        Assert.That(Types.Count(type => type.Assembly == typeof(ManifestException).Assembly), Is.GreaterThan(15));
        Assert.That(Types.Count(type => type.Assembly == typeof(PluginException).Assembly), Is.GreaterThan(15));
        Assert.That(Types.Where(type => HostileValues.ConstructorsOf(type).Length == 0), Is.Empty);
    }

    [Test]
    public void ToString_OfAFrame_IsBoundedAndHarmless()
    {
        var frame = new GuestFrame(3, HostileValues.Text).ToString();
        Assert.That(frame, Has.Length.LessThan(400).And.EndWith("(function 3)"));
        Assert.That(VisibleText.Escape(frame), Is.EqualTo(frame));
    }

    [Test]
    public void ToString_OfAFramesSource_IsBoundedAndHarmless()
    {
        var source = new SourcePosition(HostileValues.Text, 7, 3);
        var frame = new GuestFrame(3, HostileValues.Text) { Source = source, IsInlined = true }.ToString();
        Assert.That(frame, Has.Length.LessThan(800).And.Contains("(inlined into function 3) at "));
        Assert.That(VisibleText.Escape(frame), Is.EqualTo(frame));
    }
}
