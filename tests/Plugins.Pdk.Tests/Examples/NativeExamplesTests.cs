using Plugins.Pdk.Tests.Support;

namespace Plugins.Pdk.Tests.Examples;

/// <summary>The example plugins, compiled ahead of time: nothing in them or in the SDK needs reflection.</summary>
public sealed class NativeExamplesTests
{
    // The newest compiler whose package holds all that it needs; see NativeExamples.csproj.
    private const string CompilerVersion = "9.0.22";

    private static readonly Lazy<string> Program = new(Publish);

    [Test]
    public void Examples_CompiledAheadOfTime_AnswerEveryCase()
    {
        FinishedProcess run = FinishedProcess.Run(
            TimeSpan.FromHours(1), Program.Value, Path.Combine(AppContext.BaseDirectory, "plugin-cases.json"));

        Assert.That(run.ExitCode, Is.Zero, () => run.Output);
        Assert.That(run.Output, Does.Match(@"^([1-9]\d*) of \1 cases passed"));
    }

    [Test]
    public void Examples_CompiledAheadOfTime_ExportTheirFunctions()
    {
        FinishedProcess symbols = FinishedProcess.Run(
            TimeSpan.FromHours(1), "nm", "-D", "--defined-only", Program.Value);

        string[] functions = ["greet", "invoice", "shout", "slugify", "word_count"];
        string[] exported = [.. symbols.Output.Split('\n')
            .Select(line => line.Split(' ')[^1].Split('@')[0])
            .Where(name => functions.Contains(name, StringComparer.Ordinal))
            .Order(StringComparer.Ordinal)];
        Assert.That(exported, Is.EqualTo(functions));
    }

    private static string Publish()
    {
        if (!OperatingSystem.IsLinux() || !(Exists("gcc") || Exists("clang")) || !Exists("nm"))
        {
            Assert.Ignore("Compiling ahead of time is tried on Linux, with gcc or clang and nm.");
        }

        string project = Path.Combine(FindRoot(), "examples/Pdk-CSharp/native/NativeExamples.csproj");
        string output = Path.Combine(AppContext.BaseDirectory, "native");
        FinishedProcess publish = FinishedProcess.Run(
            TimeSpan.FromHours(1),
            "dotnet",
            ["publish", project, "-c", Configuration, "-r", "linux-x64", "-v", "q", "-nologo", "-o", output,
                $"-p:NativeCompilerVersion={CompilerVersion}", $"-p:CppCompilerAndLinker={Compiler}"]);
        if (publish.ExitCode != 0 && publish.Output.Contains("error NU", StringComparison.Ordinal))
        {
            Assert.Ignore($"The compiler's packages cannot be restored: {publish.Output}");
        }

        Assert.That(publish.ExitCode, Is.Zero, () => publish.Output);
        return Path.Combine(output, "NativeExamples");
    }

    private static string Compiler => Exists("clang") ? "clang" : "gcc";

    // These tests are in a folder such as bin/Release/net10.0.
    private static string Configuration =>
        new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? throw new InvalidOperationException("no folder");

    private static bool Exists(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Plugins.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("No folder above the tests holds Plugins.sln.");
    }
}
