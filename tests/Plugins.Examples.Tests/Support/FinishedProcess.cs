using System.Diagnostics;

namespace Plugins.Examples.Tests.Support;

/// <summary>A program that ran to its end: its exit code and everything that it printed.</summary>
internal sealed record FinishedProcess(int ExitCode, string Output, string Errors)
{
    internal string[] Lines => Output.ReplaceLineEndings("\n").Split('\n');

    /// <summary>Runs a program; one that takes too long is killed, with its children.</summary>
    internal static FinishedProcess Run(string folder, TimeSpan patience, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {patience}.");
        }

        return new FinishedProcess(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
