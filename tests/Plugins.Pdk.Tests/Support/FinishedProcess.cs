using System.Diagnostics;

namespace Plugins.Pdk.Tests.Support;

/// <summary>A program that ran to its end: its exit code and everything that it printed.</summary>
internal sealed record FinishedProcess(int ExitCode, string Output)
{
    /// <summary>Runs a program; one that takes too long is killed, with its children.</summary>
    internal static FinishedProcess Run(TimeSpan patience, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A build server that outlived this process would keep its output open.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {patience}.");
        }

        return new FinishedProcess(process.ExitCode, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
    }
}
