using System.Globalization;
using Plugins.Host;
using Plugins.Wasm;

namespace Plugins.Benchmarks.Real;

/// <summary>A table of what real modules meet under the default limits of engine and host.</summary>
internal static class DefaultLimits
{
    internal static void Write(IEnumerable<Recipe> recipes, TextWriter output)
    {
        ModuleLimits host = new PluginHostOptions().ModuleLimits;
        ModuleLimits hostOfAnySize = host with { ModuleBytes = ModuleLimits.Default.ModuleBytes };
        output.WriteLine();
        output.WriteLine("| module | KB | engine's limits | host's limits | host's, size raised |");
        output.WriteLine("| --- | ---: | --- | --- | --- |");
        foreach (Recipe recipe in recipes)
        {
            byte[] module = File.ReadAllBytes(recipe.File);
            string size = (module.Length / 1000).ToString(CultureInfo.InvariantCulture);
            string[] cells = [Try(module, ModuleLimits.Default), Try(module, host), Try(module, hostOfAnySize)];
            output.WriteLine($"| {recipe.Name} | {size} | {string.Join(" | ", cells)} |");
        }
    }

    private static string Try(byte[] module, ModuleLimits limits)
    {
        try
        {
            Module.Validate(module, limits);
            return "yes";
        }
        catch (WasmException exception)
        {
            return exception.Message.ReplaceLineEndings(" ");
        }
    }
}
