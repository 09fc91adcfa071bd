using System.Globalization;

namespace Plugins.Benchmarks.Real;

/// <summary>What <c>bench/real.sh</c> starts, each in a process of its own.</summary>
internal static class RealCommand
{
    internal static void Run(string[] arguments, TextWriter output)
    {
        switch (arguments)
        {
            case ["program", var setting, var measure, var file, var export, var argument, var repetitions]:
                new RealRun(new Setting(setting), output).Program(
                    measure, file, export, Number(argument), Number(repetitions));
                break;
            case ["cold" or "warm", var setting, var recipes, var name, .. var cache]:
                var run = new RealRun(new Setting(setting), output);
                Recipe recipe = Recipe.Read(recipes, name);
                Attempt(setting, recipe, output, arguments[0] == "cold"
                    ? () => run.Cold(recipe, cache.FirstOrDefault())
                    : () => run.Warm(recipe, cache.FirstOrDefault()));
                break;
            case ["limits", var recipes]:
                DefaultLimits.Write(Recipe.Read(recipes), output);
                break;
            case ["work", var setting, var recipes, var name, var repetitions]:
                new RealRun(new Setting(setting), output).Work(Recipe.Read(recipes, name), Number(repetitions));
                break;
            case ["tables", var lines]:
                RealTables.Read(File.ReadLines(lines)).Write(output);
                break;
            default:
                throw new ArgumentException("bench/real.sh knows the arguments.", nameof(arguments));
        }
    }

    // What an engine throws for a module that it refuses is part of the result.
    private static void Attempt(string setting, Recipe recipe, TextWriter output, Action run)
    {
        try
        {
            run();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            string reason = $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}";
            output.WriteLine($"{setting} module/{recipe.Name}/failed 0 {reason}");
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
