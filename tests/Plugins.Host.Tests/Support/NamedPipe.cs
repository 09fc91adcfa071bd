using System.Diagnostics;

namespace Plugins.Host.Tests.Support;

/// <summary>Makes pipes in the file system.</summary>
internal static class NamedPipe
{
    internal static string Create(string path)
    {
        using var process = Process.Start("mkfifo", path);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
        return path;
    }
}
