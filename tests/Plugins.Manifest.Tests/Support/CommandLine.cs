using System.ComponentModel;
using System.Diagnostics;

namespace Plugins.Manifest.Tests.Support;

/// <summary>A directory of its own, in which stock tools are run.</summary>
internal sealed class CommandLine : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("plugins-manifest-").FullName;

    /// <summary>Ignores the test when a tool is not installed.</summary>
    public static void Require(string tool, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, argument)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            process!.WaitForExit();
        }
        catch (Win32Exception)
        {
            Assert.Ignore($"{tool} is not on the PATH");
        }
    }

    public string Run(string tool, params string[] arguments) => Run(tool, [], arguments);

    public string Run(string tool, byte[] input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments)
        {
            WorkingDirectory = _directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error.GetAwaiter().GetResult());
        return output;
    }

    public byte[] Read(string file) => File.ReadAllBytes(Path.Combine(_directory, file));

    public void Write(string file, ReadOnlySpan<byte> bytes) =>
        File.WriteAllBytes(Path.Combine(_directory, file), bytes);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
