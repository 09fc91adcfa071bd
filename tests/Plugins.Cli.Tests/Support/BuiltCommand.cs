namespace Plugins.Cli.Tests.Support;

/// <summary>The command as it was built, in the configuration of these tests.</summary>
internal static class BuiltCommand
{
    // Both are in folders such as bin/Release/net10.0.
    internal static string Path { get; } = Repository.FullPath(System.IO.Path.Combine(
        "src/Plugins.Cli",
        System.IO.Path.GetRelativePath(Repository.FullPath("tests/Plugins.Cli.Tests"), AppContext.BaseDirectory),
        OperatingSystem.IsWindows() ? "plugins.exe" : "plugins"));

    /// <summary>Debug or Release.</summary>
    internal static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar)).Parent!.Name;

    internal static CommandRun Run(string folder, byte[]? input, params string[] arguments) =>
        FinishedProcess.Run(folder, input, Path, arguments);
}
