using Plugins.Host.Wasmtime.Tests.Support;
using Plugins.Wasm.Tests.Support;

namespace Plugins.Wasm.Tests.Validation;

/// <summary>
/// Of the base library's methods, all that decoding and validation call are compiled ahead of time: none is generic
/// over a structure or an enumeration of the engine's own. The engine's methods are in packages, and not in tests.
/// </summary>
internal sealed class FirstUseTests
{
    [Test]
    public void Describe_FirstModuleOfAProcess_CompilesNoMethodOfTheBaseLibrary()
    {
        string[] without = CompiledBy("nothing");
        Assert.That(without, Is.Not.Empty);
        string[] with = CompiledBy("describe");
        Assert.That(with.Any(method => method.Contains("Describe", StringComparison.Ordinal)));
        Assert.That(with.Except(without, StringComparer.Ordinal).Where(IsOfTheBaseLibrary), Is.Empty);
    }

    // Those of Nullable are expanded where they are called, once the caller is optimised as it is ahead of time.
    private static bool IsOfTheBaseLibrary(string method) =>
        method.StartsWith("System.", StringComparison.Ordinal)
        && !method.StartsWith("System.Nullable`1", StringComparison.Ordinal);

    private static string[] CompiledBy(string what)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string wasm = Path.Combine(folder, "rich.wasm");
            string list = Path.Combine(folder, "compiled.txt");
            File.WriteAllBytes(wasm, RichModule.Create().Build());
            ChildProcess child = ChildProcess.RunThisWith(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["DOTNET_JitStdOutFile"] = list,
                    ["DOTNET_JitDisasmSummary"] = "1",
                    ["DOTNET_TieredCompilation"] = "1",
                    ["DOTNET_ReadyToRun"] = "1",
                },
                "first-use",
                wasm,
                what);
            Assert.That(child.ExitCode, Is.Zero, child.Output);

            // Lines such as "4: JIT compiled System.Array:Empty[…]() [Tier0, IL size=6, code size=35]".
            const string Verb = "compiled ";
            return
            [
                .. File.ReadLines(list)
                    .Select(line => line[(line.IndexOf(Verb, StringComparison.Ordinal) + Verb.Length)..])
                    .Select(line => line.Split(" [", 2)[0]),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
