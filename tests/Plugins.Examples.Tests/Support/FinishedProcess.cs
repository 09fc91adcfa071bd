using System.Diagnostics;

namespace Plugins.Examples.Tests.Support;

/// <summary>A program that ran to its end: its exit code and everything that it printed.</summary>
internal sealed record FinishedProcess(int ExitCode, string Output, string Errors)
{
    internal string[] Lines => Output.ReplaceLineEndings("\n").Split('\n');

    // For what hangs. On a busy machine, what takes a minute of processor time may take half an hour.
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(1);

    /// <summary>Runs a program; one that never ends is killed, with its children.</summary>
    internal static FinishedProcess Run(string folder, string program, params string[] arguments) =>
        Run(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder });

    /// <summary>Runs a program in an environment of its own.</summary>
    internal static FinishedProcess Run(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{start.FileName} {string.Join(' ', start.ArgumentList)} did not end within {s_patience}.");
        }

        return new FinishedProcess(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
