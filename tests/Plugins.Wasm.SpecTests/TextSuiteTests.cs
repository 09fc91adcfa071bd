using Plugins.Wasm.SpecTests.Running;
using Plugins.Wasm.SpecTests.Suite;

namespace Plugins.Wasm.SpecTests;

/// <summary>Modules that the suites give as text: each asks that it be refused.</summary>
public sealed class TextSuiteTests
{
    [TestCase("spec-v3", 1_229)]
    [TestCase("spec-v2", 1_091)]
    [TestCase("spec-legacy-eh", 7)]
    [TestCase("spec-proposal-threads", 22)]
    public void Text_MalformedInTheSuite_IsRefused(string archive, int count)
    {
        (string Place, byte[] Text, string Reason)[] texts = [.. SpecArchive.TextsOf(archive)];

        Assert.That(texts, Has.Length.EqualTo(count));
        Assert.That(texts.Where(text => IsTaken(text.Text, text.Reason)).Select(text => text.Place), Is.Empty);
    }

    [TestCase("spec-v3", 2_000)]
    [TestCase("spec-v2", 1_500)]
    [TestCase("spec-legacy-eh", 5)]
    [TestCase("spec-proposal-threads", 150)]
    public void Module_OfTheSuite_IsPrintedAndReadBack(string archive, int atLeast)
    {
        (string Place, byte[] Module)[] modules = [.. SpecArchive.ValidModulesOf(archive)];

        Assert.That(modules, Has.Length.GreaterThan(atLeast));
        Assert.That(modules.Where(module => !IsReadBack(module.Module)).Select(module => module.Place), Is.Empty);
        Assert.That(modules.Count(module => IsTheSame(module.Module)), Is.GreaterThan(modules.Length * 9 / 10));
    }

    // A section without entries is not written again, so custom sections behind it have another place at first.
    private static bool IsReadBack(byte[] module)
    {
        byte[] again = TextFormat.ToBinary(TextFormat.FromBinary(module));
        return TextFormat.ToBinary(TextFormat.FromBinary(again)).AsSpan().SequenceEqual(again);
    }

    // The suites have some modules with long encodings, and with counts that no code needs.
    private static bool IsTheSame(byte[] module) =>
        TextFormat.ToBinary(TextFormat.FromBinary(module)).AsSpan().SequenceEqual(module);

    private static bool IsTaken(byte[] text, string reason)
    {
        try
        {
            byte[] module = TextFormat.ToBinary(text);
            if (SpecTexts.IsNarrowerNumber(reason))
            {
                Module.Validate(module);
            }

            return true;
        }
        catch (MalformedTextException)
        {
            return false;
        }
        catch (WasmException) when (SpecTexts.IsNarrowerNumber(reason))
        {
            return false;
        }
    }
}
