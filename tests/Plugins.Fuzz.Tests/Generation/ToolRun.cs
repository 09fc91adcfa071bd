using System.Diagnostics;

namespace Plugins.Fuzz.Tests.Generation;

/// <summary>One run of a program that reads its standard input and writes to its standard output.</summary>
internal static class ToolRun
{
    /// <summary>What it writes.</summary>
    /// <exception cref="InvalidOperationException">It fails.</exception>
    internal static byte[] Run(string program, byte[] input, params string[] arguments) =>
        TryRun(program, input, arguments)
        ?? throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} fails.");

    /// <summary>What it writes, or null where it fails.</summary>
    internal static byte[]? TryRun(string program, byte[] input, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"{program} does not start.");
        Task write = Task.Run(() =>
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        });
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        write.Wait();
        process.WaitForExit();
        _ = errors.Result;
        return process.ExitCode == 0 ? output.ToArray() : null;
    }
}
