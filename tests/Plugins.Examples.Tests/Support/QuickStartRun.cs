namespace Plugins.Examples.Tests.Support;

/// <summary>One run of examples/QuickStart, from a folder that has nothing to do with it.</summary>
internal static class QuickStartRun
{
    private static readonly Lazy<FinishedProcess> Run = new(Start);

    internal static FinishedProcess Result => Run.Value;

    private static FinishedProcess Start()
    {
        // These tests are built in the same configuration, so both are in folders such as bin/Release/net10.0.
        var output = Path.GetRelativePath(
            Repository.FullPath("tests/Plugins.Examples.Tests"), AppContext.BaseDirectory);
        var program = Repository.FullPath(Path.Combine("examples/QuickStart", output, "QuickStart.dll"));
        return FinishedProcess.Run(Path.GetTempPath(), "dotnet", program);
    }
}
