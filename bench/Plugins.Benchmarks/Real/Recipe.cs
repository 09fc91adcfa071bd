using System.Text.Json;

namespace Plugins.Benchmarks.Real;

/// <summary>What to do with one module: the calls that start it, and work for it.</summary>
/// <remarks><c>bench/real/recipes.mjs</c> writes them, for this, for tests, and for V8.</remarks>
/// <param name="Name">The module's name in tables.</param>
/// <param name="File">Its path.</param>
/// <param name="Memory">Its memory's name, and <paramref name="Allocate"/> the export that finds room there.</param>
/// <param name="First">The calls that start it: what "first call" means.</param>
/// <param name="Work">What is measured once it has started.</param>
/// <param name="Checks">What it has to answer, each time in a fresh instance that has started.</param>
internal sealed record Recipe(
    string Name,
    string File,
    string? Memory,
    string? Allocate,
    JsonElement[] First,
    Workload[] Work,
    Check[] Checks)
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    /// <param name="path">A file with an array of recipes.</param>
    internal static Recipe[] Read(string path) =>
        JsonSerializer.Deserialize<Recipe[]>(System.IO.File.ReadAllBytes(path), s_options)!;

    /// <param name="path">A file with an array of recipes.</param>
    /// <param name="name">Which one.</param>
    internal static Recipe Read(string path, string name) => Read(path).First(recipe => recipe.Name == name);
}
