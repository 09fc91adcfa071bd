using System.Text.Json;
using Plugins.Benchmarks.Real;
using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Real.Tests.Support;

/// <summary>Modules of packages from npm, as <c>bench/real/recipes.mjs</c> describes them.</summary>
internal static class RealModules
{
    private static readonly Lazy<string?> s_recipes = new(WriteRecipes);
    private static readonly Lazy<Dictionary<string, Judgement>> s_judgements = new(JudgeByV8);

    /// <summary>The names of those that the recipes have, of whatever is installed.</summary>
    /// <remarks>Written down, so that what is missing is skipped with a reason instead of never being named.</remarks>
    public static string[] Names { get; } =
    [
        "as-sha256", "as-sha256-untouched", "as-sha256-simd", "as-sha256-simd-untouched", "xxhash", "source-map",
        "tree-sitter", "oniguruma", "quickjs", "sql.js", "libheif", "resvg", "esbuild-go", "lightningcss", "swc",
        "zxing",
    ];

    /// <summary>The recipe of that name; the test is skipped where it is not installed.</summary>
    public static Recipe Get(string name)
    {
        if (s_recipes.Value is not string recipes)
        {
            Assert.Ignore(
                "node is missing, or npm ci was not run in tests/guests/real; "
                + "eng/install-guest-toolchains.sh does that.");
            throw new InvalidOperationException();
        }

        return Recipe.Read(recipes).Single(recipe => recipe.Name == name);
    }

    /// <summary>What V8 says of that module.</summary>
    public static Judgement JudgementOf(string name) => s_judgements.Value[name];

    private static string? WriteRecipes()
    {
        string packages = Path.Combine(Repository.Find(), "tests/guests/real/node_modules");
        if (!Directory.Exists(packages) || !HasNode())
        {
            return null;
        }

        string recipes = Path.Combine(TestContext.CurrentContext.WorkDirectory, "real-recipes.json");
        File.WriteAllText(recipes, Node("recipes.mjs", "-", packages));
        return recipes;
    }

    private static bool HasNode()
    {
        try
        {
            return ChildProcess.Run("node", "--version").ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Dictionary<string, Judgement> JudgeByV8() =>
        JsonSerializer.Deserialize<Judgement[]>(Node("real.mjs", "check", s_recipes.Value!), JsonSerializerOptions.Web)!
            .ToDictionary(judgement => judgement.Name, StringComparer.Ordinal);

    private static string Node(string script, params string[] arguments)
    {
        ChildProcess run = ChildProcess.Run(
            "node", [Path.Combine(Repository.Find(), "bench/real", script), .. arguments]);
        Assert.That(run.ExitCode, Is.Zero, run.Output);
        return run.Output;
    }
}
