using System.ComponentModel;
using System.Diagnostics;

namespace Plugins.Host.MessagePack.Tests.Support;

/// <summary>Documents decoded and encoded again by @msgpack/msgpack.</summary>
internal static class NodeEcho
{
    public static string[] Run(IReadOnlyList<string> documents)
    {
        string folder = Folder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Assert.Ignore("npm ci was not run in tests/Plugins.Host.MessagePack.Tests/node.");
        }

        using Process process = Start(folder);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(string.Concat(documents.Select(document => document + "\n")));
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromMinutes(10)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("node did not end.");
        }

        Assert.That(process.ExitCode, Is.Zero, errors.GetAwaiter().GetResult());
        return output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Process Start(string folder)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", ["echo.mjs"])
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("node is not installed.");
            throw;
        }
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Plugins.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "tests", "Plugins.Host.MessagePack.Tests", "node");
    }
}
