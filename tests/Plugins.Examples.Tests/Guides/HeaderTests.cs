using System.ComponentModel;
using Plugins.Examples.Tests.Support;

namespace Plugins.Examples.Tests.Guides;

/// <summary>The headers for C compile without a warning, as both languages, with a C library and without.</summary>
internal sealed class HeaderTests
{
    private static readonly string[] Plugins = ["shout", "word_count", "slugify", "greeter", "invoice", "reserve"];
    private static readonly string[] Strict =
        ["-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-Iexamples/Pdk-C/include"];

    [Test]
    public void Plugin_WithoutALibrary_CompilesWithoutAWarning(
        [ValueSource(nameof(Plugins))] string plugin, [Values("c99", "c++17")] string standard)
    {
        Compile(plugin, standard, "--target=wasm32-unknown-unknown", "-ffreestanding", "-nostdlibinc");
    }

    [Test]
    public void Plugin_WithALibrary_CompilesWithoutAWarning(
        [ValueSource(nameof(Plugins))] string plugin, [Values("c99", "c++17")] string standard)
    {
        if (!Directory.Exists("/usr/include/wasm32-wasi"))
        {
            Assert.Ignore("wasi-libc is not installed.");
        }

        Compile(plugin, standard, "--target=wasm32-wasi", "-include", "stdlib.h", "-include", "string.h");
    }

    /// <summary>On the machine that tests a plugin natively.</summary>
    [Test]
    public void Plugin_OnThisMachine_CompilesWithoutAWarning(
        [ValueSource(nameof(Plugins))] string plugin, [Values("c99", "c++17")] string standard)
    {
        Compile(plugin, standard, "-include", "stdlib.h", "-include", "string.h");
    }

    private static void Compile(string plugin, string standard, params string[] flags)
    {
        var language = standard.StartsWith("c++", StringComparison.Ordinal) ? "c++" : "c";
        string[] arguments =
            [.. Strict, .. flags, "-x", language, $"-std={standard}", $"examples/Pdk-C/{plugin}/{plugin}.c"];
        try
        {
            var ended = FinishedProcess.Run(Repository.Root, "clang-19", arguments);
            Assert.That((ended.ExitCode, ended.Errors), Is.EqualTo((0, "")));
        }
        catch (Win32Exception)
        {
            Assert.Ignore("clang-19 is not installed; eng/install-guest-toolchains.sh installs it.");
        }
    }
}
