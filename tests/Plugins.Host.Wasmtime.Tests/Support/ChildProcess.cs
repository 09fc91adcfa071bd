using System.Diagnostics;

namespace Plugins.Host.Wasmtime.Tests.Support;

/// <summary>A program that ran to its end: its exit code and everything that it printed.</summary>
internal sealed record ChildProcess(int ExitCode, string Output)
{
    // A bound for a machine that hangs, not a measure: what runs here takes seconds of processor time.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs <see cref="Program"/> in a process of its own.</summary>
    public static ChildProcess RunThis(params string[] arguments) => RunThisWith([], arguments);

    /// <summary>Runs <see cref="Program"/> in a process of its own, with more in its environment.</summary>
    public static ChildProcess RunThisWith(
        IEnumerable<KeyValuePair<string, string>> environment, params string[] arguments) =>
        Run(Environment.ProcessPath!, [typeof(ChildProcess).Assembly.Location, .. arguments], environment);

    /// <summary>Runs a program; one that never ends is killed, with its children.</summary>
    public static ChildProcess Run(string program, params string[] arguments) => Run(program, arguments, []);

    private static ChildProcess Run(
        string program, string[] arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {s_patience}.");
        }

        return new ChildProcess(process.ExitCode, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
    }
}
