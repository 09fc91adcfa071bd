using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Wasm.Tests.Debugging;

/// <summary>Compiles a source file with debug information; ignores the test where the compiler is missing.</summary>
internal static class Compilers
{
    private const string Install = "eng/install-guest-toolchains.sh installs it.";

    public static byte[] Clang(string source, params string[] options) => Compile(
        "/usr/bin/clang-19",
        "shop.c",
        source,
        ["--target=wasm32-unknown-unknown", "-nostdlib", "-Wl,--no-entry", .. options, "shop.c", "-o", "out.wasm"]);

    public static byte[] Rust(string source, params string[] options)
    {
        const string Target = "wasm32-unknown-unknown";
        IgnoreUnless(
            Directory.Exists($"/usr/lib/rustlib/{Target}"), $"Debian's rustc has no target {Target}; {Install}");
        return Compile(
            "/usr/bin/rustc",
            "shop.rs",
            source,
            [
                "--edition", "2021", "--target", Target, "--crate-type", "cdylib", .. options,
                "shop.rs", "-o", "out.wasm",
            ]);
    }

    /// <summary>The module, and the source map that was written beside it.</summary>
    public static (byte[] Module, byte[] Map) AssemblyScript(string source)
    {
        string compiler = Path.Combine(
            Repository.Find(), "examples/Pdk-AssemblyScript/node_modules/assemblyscript/bin/asc.js");
        IgnoreUnless(File.Exists(compiler), $"npm ci was not run in examples/Pdk-AssemblyScript; {Install}");
        byte[] map = [];
        byte[] module = Compile(
            "node",
            "shop.ts",
            source,
            [compiler, "shop.ts", "-o", "out.wasm", "--sourceMap", "--runtime", "stub"],
            folder => map = File.ReadAllBytes(Path.Combine(folder, "out.wasm.map")));
        return (module, map);
    }

    private static byte[] Compile(
        string compiler, string file, string source, string[] arguments, Action<string>? more = null)
    {
        IgnoreUnless(!compiler.StartsWith('/') || File.Exists(compiler), $"{compiler} is not there; {Install}");
        IgnoreUnless(!OperatingSystem.IsWindows(), "The compilers are called by their paths.");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("plugins-debugging-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, file), source);
            ChildProcess run = ChildProcess.Run(
                "/bin/sh", ["-c", "cd \"$0\" && exec \"$@\"", folder.FullName, compiler, .. arguments]);
            Assert.That(run.ExitCode, Is.Zero, run.Output);
            more?.Invoke(folder.FullName);
            return File.ReadAllBytes(Path.Combine(folder.FullName, "out.wasm"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void IgnoreUnless(bool condition, string reason)
    {
        if (!condition)
        {
            Assert.Ignore(reason);
        }
    }
}
