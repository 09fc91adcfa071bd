using Plugins.Benchmarks.Real;
using Plugins.Real.Tests.Support;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Real.Tests;

/// <summary>Modules that others publish: Rust, C, C++, Go and AssemblyScript, each by its own toolchain.</summary>
/// <remarks>
/// What a module needs and the engine has not is no failure, as long as the refusal names it: with the feature, the
/// same tests ask for the module to run.
/// </remarks>
internal sealed class RealModuleTests
{
    private static readonly string[] s_settings =
        ["interpreted-fuel", "tiered-fuel", "compiled-fuel", "compiled-guards", "wasmtime-fuel"];

    [TestCaseSource(typeof(RealModules), nameof(RealModules.Names))]
    public void Module_OfAnyToolchain_IsDescribed(string name)
    {
        byte[] module = File.ReadAllBytes(RealModules.Get(name).File);
        if (!TryDescribe(module, out ModuleDescription? description, out UnsupportedFeatureException? refusal))
        {
            Assert.That(Module.Features, Has.No.Member(refusal!.Feature));
            Assert.Ignore($"It needs {refusal.Feature}, which this engine lacks.");
        }

        Assert.That(description!.Features, Is.SubsetOf(Module.Features));
        Assert.That(description.Imports, Has.Length.LessThan(200));
        Assert.That(description.Exports, Is.Not.Empty);
        Assert.That(8 + description.Sections.Sum(section => (long)section.Length), Is.EqualTo(module.Length));
        Assert.That(
            description.Sections.Select(section => section.Id),
            Is.SupersetOf(new[] { SectionId.Type, SectionId.Code }));
        Assert.That(description.FunctionCount, Is.GreaterThan(description.Imports.Count(
            import => import.Type.Kind == ExternKind.Function)));
        Assert.That(Enumerable.Range(0, description.FunctionCount).Select(description.GetReadableFunctionName),
            Has.Some.Not.Null);
    }

    [TestCaseSource(typeof(RealModules), nameof(RealModules.Names))]
    public void Verdict_OnAModule_IsThatOfV8(string name)
    {
        byte[] module = File.ReadAllBytes(RealModules.Get(name).File);
        bool isValid = TryDescribe(module, out _, out UnsupportedFeatureException? refusal);

        Assert.That(isValid || refusal is not null, Is.EqualTo(RealModules.JudgementOf(name).IsValid));
    }

    [TestCaseSource(typeof(RealModules), nameof(RealModules.Names))]
    public void Answers_OfAModule_AreTheKnownOnes(string name)
    {
        Recipe recipe = RealModules.Get(name);
        string[] expected = [.. recipe.Checks.Select(check => check.Expected)];
        byte[] module = File.ReadAllBytes(recipe.File);
        bool isSupported = TryDescribe(module, out _, out UnsupportedFeatureException? refusal);

        Assert.That(RealModules.JudgementOf(name).Answers, Is.EqualTo(expected), "V8");
        if (!isSupported)
        {
            // Wasmtime is set here to what this engine has.
            Assert.Ignore($"It needs {refusal!.Feature}, which this engine lacks.");
        }

        foreach (string setting in s_settings)
        {
            Assert.That(AnswersOf(recipe, module, setting), Is.EqualTo(expected), setting);
        }
    }

    private static string[] AnswersOf(Recipe recipe, byte[] module, string setting)
    {
        List<string> answers = [];
        foreach (Check check in recipe.Checks)
        {
            using IRealGuest guest = new Setting(setting).NewGuest();
            guest.Compile(module);
            guest.MakeImports();
            guest.Instantiate();
            var steps = new Steps(guest, recipe);
            steps.Run(recipe.First);
            answers.Add(check.AnswerOf(steps));
        }

        return [.. answers];
    }

    private static bool TryDescribe(
        byte[] module, out ModuleDescription? description, out UnsupportedFeatureException? refusal)
    {
        (description, refusal) = (null, null);
        try
        {
            description = Module.Describe(module);
            return true;
        }
        catch (UnsupportedFeatureException exception)
        {
            refusal = exception;
            return false;
        }
    }
}
