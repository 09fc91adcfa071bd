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
