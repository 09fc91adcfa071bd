using System.Globalization;
using Plugins.Examples.Tests.Support;
using Plugins.Host;
using Plugins.Host.Engines;
using Plugins.Host.Limits;

namespace Plugins.Examples.Tests;

/// <summary>The figures of README.md are those of the code and of the committed modules.</summary>
internal sealed class ReadmeFigureTests
{
    private static readonly Markdown Readme = Markdown.Read("README.md");

    [TestCase("Rust", "Rust")]
    [TestCase("AssemblyScript", "AssemblyScript")]
    [TestCase("C", "C, C++")]
    public void Sizes_OfModules_AreThoseOfTheCommittedOnes(string language, string title)
    {
        string[] plugins = ["word_count", "slugify", "greeter"];
        var sizes = plugins.Select(plugin => Repository.FullPath($"examples/Pdk-{language}/{plugin}/plugin.wasm"))
            .Select(path => new FileInfo(path).Length / 1000.0)
            .Select(size => string.Create(CultureInfo.InvariantCulture, $"{size:0.0} KB"));

        Assert.That(Cells($"| [{title}](")[^3..], Is.EqualTo(sizes));
    }

    [Test]
    public void Defaults_OfLimits_AreThoseOfTheHost()
    {
        var limits = PluginLimits.Default;
        var modules = new PluginHostOptions().ModuleLimits;
        var compilation = new EmbeddedEngineOptions().CompilationTime;
        (string Attempt, string Default)[] rows =
        [
            ("loop forever", $"{limits.Fuel:N0} units"),
            ("wait, or work too long", $"{limits.WallTime.TotalSeconds:0} s"),
            ("take all memory", MiB(limits.MemoryPages * 65_536L)),
            ("recurse without end", $"{limits.CallDepth:N0} calls, {KiB(limits.StackBytes)}"),
            ("drown the host", $"{MiB(limits.OutputBytes)}, {KiB(limits.ErrorBytes)}, {KiB(limits.LogBytes)}"),
            ("flood the host", $"{limits.HostCalls:N0} calls"),
            ("overwhelm the compiler",
                $"{MiB(modules.ModuleBytes)}, {modules.Functions:N0} functions, {compilation.TotalSeconds:0} s"),
        ];

        Assert.That(rows.Select(row => Cells("| " + row.Attempt)[^1]), Is.EqualTo(rows.Select(row => row.Default)));
    }

    private static string KiB(long bytes) => $"{bytes / 1024} KiB";

    private static string MiB(long bytes) => $"{bytes / 1024 / 1024} MiB";

    private static string[] Cells(string start) =>
    [
        .. Readme.Lines.Single(line => line.StartsWith(start, StringComparison.Ordinal))
            .Trim('|').Split('|').Select(cell => cell.Trim()),
    ];
}
