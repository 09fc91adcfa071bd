using System.ComponentModel;
using System.Diagnostics;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Creating;

/// <summary>The programs that build a template, and the one command that installs them.</summary>
internal sealed record Toolchain(string Install, Func<Surroundings, string?> FindFault)
{
    private static readonly string[] Endings = ["", ".exe", ".cmd"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    internal static Toolchain Rust { get; } = new("rustup target add wasm32-unknown-unknown", FaultOfRust);

    internal static Toolchain C { get; } = new("sudo apt-get install clang lld", surroundings =>
        Enumerable.Range(14, 12).Select(version => $"clang-{version}").Prepend("clang")
            .Any(clang => PathOf(surroundings, clang) is not null) ? null : "There is no clang.");

    internal static Toolchain Dotnet { get; } = new("sudo apt-get install dotnet-sdk-10.0", surroundings =>
        PathOf(surroundings, "dotnet") is null ? "There is no .NET SDK." : null);

    internal static Toolchain Node { get; } = new("sudo apt-get install nodejs npm", surroundings =>
        PathOf(surroundings, "npm") is null ? "There is no npm." : null);

    private static string? FaultOfRust(Surroundings surroundings)
    {
        if (PathOf(surroundings, "cargo") is null || PathOf(surroundings, "rustc") is not { } rustc)
        {
            return "There is no Rust; https://rustup.rs installs it. Then:";
        }

        return Ask(rustc, "--print", "sysroot") is { } sysroot
            && Directory.Exists(Path.Combine(sysroot, "lib", "rustlib", "wasm32-unknown-unknown"))
                ? null
                : "rustc lacks the target wasm32-unknown-unknown.";
    }

    /// <summary>The file of a program on the path, or null.</summary>
    internal static string? PathOf(Surroundings surroundings, string program) =>
        (surroundings.Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Endings.Select(end => Path.Combine(folder, program + end)))
            .FirstOrDefault(File.Exists);

    /// <summary>The line that a program prints; null when it cannot be run, or takes too long to answer.</summary>
    private static string? Ask(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var line = process.StandardOutput.ReadLineAsync();
            if (line.Wait(Patience))
            {
                return line.Result?.Trim();
            }

            process.Kill();
            return null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
