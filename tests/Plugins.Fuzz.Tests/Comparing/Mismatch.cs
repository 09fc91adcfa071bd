namespace Plugins.Fuzz.Tests.Comparing;

/// <summary>Something the engines do not agree on.</summary>
/// <param name="Seed">What the module was made from.</param>
/// <param name="Module">Its bytes.</param>
/// <param name="What">The first difference.</param>
internal sealed record Mismatch(long Seed, byte[] Module, string What)
{
    /// <summary>Keeps the module in a file for <c>eng/fuzz.sh shrink</c>.</summary>
    internal string Save(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"mismatch-{Seed}.wasm");
        File.WriteAllBytes(path, Module);
        return path;
    }
}
