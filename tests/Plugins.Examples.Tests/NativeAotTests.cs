using System.Diagnostics;
using Plugins.Examples.Tests.Support;

namespace Plugins.Examples.Tests;

/// <summary>
/// examples/NativeAot, compiled ahead of time: nothing warns, both engines run a plugin, and a client calls one.
/// </summary>
[Category("NativeAot")]
internal sealed class NativeAotTests
{
    private static readonly Lazy<FinishedProcess> Publishing = new(Publish);
    private static readonly Lazy<FinishedProcess> Run = new(RunPublished);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "native-aot");

    [Test]
    public void Publishing_OfAHostWithAllOfThePackages_WarnsOfNothing()
    {
        Assert.That(Publishing.Value.ExitCode, Is.Zero, () => Publishing.Value.Output);
        Assert.That(Publishing.Value.Output, Does.Not.Contain("warning"));
    }

    [TestCase(0, "embedded")]
    [TestCase(1, "wasmtime")]
    public void Engine_CompiledAheadOfTime_RunsAPlugin(int line, string engine)
    {
        Assert.That(Run.Value.ExitCode, Is.Zero, () => Run.Value.Errors);
        Assert.That(
            Run.Value.Lines[line], Is.EqualTo($$"""{{engine}}: {"words":2,"lines":1,"characters":13}"""));
    }

    [Test]
    public void Client_CompiledAheadOfTime_CallsAPlugin() => Assert.That(
        Run.Value.Lines[2], Is.EqualTo("client: Counts { Words = 2, Lines = 1 }"), () => Run.Value.Errors);

    [Test]
    public void Readme_OfTheExample_ShowsWhatItPrints()
    {
        string[] shown = [.. Repository.Read("examples/NativeAot/README.md").Split('\n')
            .SkipWhile(line => line != "```text").Skip(1).TakeWhile(line => line != "```")];
        Assert.That(Run.Value.Lines.Where(line => line.Length > 0), Is.EqualTo(shown));
    }

    private static FinishedProcess Publish()
    {
        if (!OperatingSystem.IsLinux() || !(Exists("clang") || Exists("gcc")))
        {
            Assert.Ignore("Compiling ahead of time is tried on Linux, with clang or gcc.");
        }

        var compiler = Exists("clang") ? "clang" : "gcc";
        var publishing = FinishedProcess.Run(
            Repository.Root,
            "dotnet",
            ["publish", "examples/NativeAot", "-c", Configuration, "-r", "linux-x64", "-o", Folder, "-nologo",
                "-p:WholePackages=true", $"-p:CppCompilerAndLinker={compiler}"]);
        if (publishing.Output.Contains("error NU", StringComparison.Ordinal))
        {
            Assert.Ignore($"The compiler's packages cannot be restored: {publishing.Output}");
        }

        return publishing;
    }

    private static FinishedProcess RunPublished()
    {
        Assert.That(Publishing.Value.ExitCode, Is.Zero, () => Publishing.Value.Output);
        return FinishedProcess.Run(new ProcessStartInfo(Path.Combine(Folder, "NativeAot")));
    }

    // These tests are in a folder such as bin/Release/net10.0.
    private static string Configuration =>
        new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? throw new InvalidOperationException("no folder");

    private static bool Exists(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
