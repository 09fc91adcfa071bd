using System.Diagnostics;
using Plugins.Examples.Tests.Support;
using Plugins.Host;
using Plugins.Host.Errors;

namespace Plugins.Examples.Tests.Guides;

/// <summary>What docs/writing-plugins-c.md says of plugins that use wasi-libc.</summary>
internal sealed class LibraryTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("plugins-libc-");

    [TearDown]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [Test]
    public void Plugin_WithMemoryStringsAndMathematics_LoadsAndRuns()
    {
        var module = Build("""
            char *text = strdup("abc");
            plugin_output(text, strlen(text) - (size_t)sqrt((double)plugin_input_length()));
            free(text);
            """);

        using var host = new PluginHost(new PluginHostOptions { AllowUnsigned = true });
        using var plugin = host.LoadUnsigned(module);
        Assert.That(plugin.CallText("f", "1").Value, Is.EqualTo("ab"));
    }

    [Test]
    public void Plugin_ThatPrints_LoadsWithoutAnyGrant()
    {
        var module = Build("""
            char text[100];
            plugin_output(text, (size_t)snprintf(text, sizeof text, "%d", 3));
            """);

        using var host = new PluginHost(new PluginHostOptions { AllowUnsigned = true });
        using var plugin = host.LoadUnsigned(module);
        Assert.That(plugin.CallText("f", "").Value, Is.EqualTo("3"));
    }

    private byte[] Build(string body)
    {
        if (!File.Exists("/usr/bin/clang-19") || !Directory.Exists("/usr/include/wasm32-wasi"))
        {
            Assert.Ignore("clang-19 or wasi-libc is missing; eng/install-guest-toolchains.sh installs them.");
        }

        File.WriteAllText(Path.Combine(_folder.FullName, "f.c"), $$"""
            #include <math.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include "plugins.h"
            PLUGIN_EXPORT(f) { {{body}} return PLUGIN_OK; }
            """);
        var commands = string.Join('\n', Markdown.Read("docs/writing-plugins-c.md").CodeBlocks("sh").Last())
            .Replace("-Iinclude", $"-I'{Repository.FullPath("examples/Pdk-C/include")}'", StringComparison.Ordinal)
            .Replace("reserve/reserve.c", "f.c", StringComparison.Ordinal);
        var start = new ProcessStartInfo("sh", ["-e", "-c", commands]) { WorkingDirectory = _folder.FullName };
        var built = FinishedProcess.Run(start);
        Assert.That(built.ExitCode, Is.Zero, built.Errors);
        return File.ReadAllBytes(Path.Combine(_folder.FullName, "plugin.wasm"));
    }
}
