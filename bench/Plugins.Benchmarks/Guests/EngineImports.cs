using Plugins.Wasm;

namespace Plugins.Benchmarks.Guests;

/// <summary>What <see cref="GuestFile.Engine"/> imports.</summary>
internal static class EngineImports
{
    public static Imports Create() => new Imports()
        .Add("bench", "nothing", () => { })
        .Add("bench", "add", (int a, int b) => a + b);
}
