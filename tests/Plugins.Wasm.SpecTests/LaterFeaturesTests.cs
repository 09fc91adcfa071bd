using Plugins.Wasm.SpecTests.Suite;

namespace Plugins.Wasm.SpecTests;

/// <summary>
/// Modules that a later version of the specification or a proposal allows are taken, or refused by the feature's name:
/// never as malformed or invalid.
/// </summary>
public sealed class LaterFeaturesTests
{
    // The only numbers without a limit of their own in WebAssembly: tables of 2^64 elements, memories of as many bytes.
    private static readonly string[] Allowed = [nameof(ModuleLimits.MemoryPages), nameof(ModuleLimits.TableElements)];

    [TestCase("spec-v3", "valid")]
    [TestCase("spec-proposal-threads", "atomics")]
    [TestCase("spec-legacy-eh", "valid")]
    public void Module_ValidInTheSuite_IsTakenOrItsFeatureNamed(string archive, string features)
    {
        string[] outcomes =
            [.. SpecArchive.ValidModulesOf(archive).Select(found => OutcomeOf(found.Place, found.Module))];

        Assert.That(outcomes.Where(outcome => outcome.Contains(' ', StringComparison.Ordinal)), Is.Empty);
        Assert.That(outcomes, Is.SupersetOf(features.Split(' ')));
    }

    // A feature's name is a word; anything else is a sentence.
    private static string OutcomeOf(string place, byte[] module)
    {
        try
        {
            Module.Validate(module);
            return "valid";
        }
        catch (UnsupportedFeatureException unsupported)
        {
            return unsupported.Feature;
        }
        catch (ModuleLimitException limit) when (Allowed.Contains(limit.Limit, StringComparer.Ordinal))
        {
            return limit.Limit;
        }
        catch (WasmException refusal)
        {
            return $"{place}: {refusal.Message}";
        }
    }
}
