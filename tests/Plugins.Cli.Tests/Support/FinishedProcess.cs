using System.Diagnostics;

namespace Plugins.Cli.Tests.Support;

/// <summary>A program that ran to its end: its exit code and the bytes that it printed.</summary>
internal static class FinishedProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>Runs a program with this command on its path; one that takes too long is killed.</summary>
    internal static CommandRun Run(string folder, byte[]? input, string program, params string[] arguments)
    {
        using var process = Start(folder, program, arguments);
        var output = ReadAsync(process);
        var errors = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            process.StandardInput.BaseStream.Write(input);
        }

        process.StandardInput.Close();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {Patience}.");
        }

        return new CommandRun(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    internal static Process Start(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var path = Environment.GetEnvironmentVariable("PATH");
        start.Environment["PATH"] = $"{Path.GetDirectoryName(BuiltCommand.Path)}:{path}";
        return Process.Start(start)!;
    }

    private static async Task<byte[]> ReadAsync(Process process)
    {
        using var bytes = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
