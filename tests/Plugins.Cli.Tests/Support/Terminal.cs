using System.ComponentModel;
using System.Globalization;

namespace Plugins.Cli.Tests.Support;

/// <summary>A real terminal, in tmux, with somebody who types and looks.</summary>
internal sealed class Terminal : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly string _socket = $"plugins-test-{Guid.NewGuid():N}";
    private readonly string _folder;

    private int _commands;

    /// <summary>Opens it, or skips the test where there is no tmux.</summary>
    internal Terminal(string folder, int columns = 100)
    {
        _folder = folder;
        try
        {
            // A bare prompt and no start-up files, so that the screen is alike everywhere.
            Tmux(
                "-f", "/dev/null", "new-session", "-d", "-x", columns.ToString(CultureInfo.InvariantCulture), "-y",
                    "40",
                "env", "PS1=$ ", "NO_COLOR=", "LC_ALL=C.UTF-8", "bash", "--norc", "--noprofile");
        }
        catch (Win32Exception)
        {
            Assert.Ignore("tmux is not installed; apt-get install tmux installs it.");
        }
    }

    /// <summary>What stands on the screen now.</summary>
    internal string Screen => Tmux("capture-pane", "-p");

    /// <summary>The same with the sequences that color it.</summary>
    internal string ColoredScreen => Tmux("capture-pane", "-p", "-e");

    internal void Type(string text) => Tmux("send-keys", "-l", "--", text);

    internal void Press(string key) => Tmux("send-keys", key);

    /// <summary>Runs a command, and gives the screen when it has ended.</summary>
    internal Task<string> RunAsync(string line)
    {
        // What is typed must not look like what is waited for.
        var number = ++_commands;
        Enter($"{line}; echo ended \"\"{number}");
        return WaitForAsync($"ended {number}");
    }

    internal void Enter(string line)
    {
        Type(line);
        Press("Enter");
    }

    /// <summary>Looks until the text is there, and fails with the screen when it does not come.</summary>
    internal async Task<string> WaitForAsync(string text)
    {
        for (var deadline = TimeProvider.System.GetUtcNow() + Patience; TimeProvider.System.GetUtcNow() < deadline;)
        {
            if (Screen is var screen && screen.Contains(text, StringComparison.Ordinal))
            {
                return screen;
            }

            await Task.Delay(Glance);
        }

        Assert.Fail($"The screen never showed '{text}':\n{Screen}");
        return "";
    }

    public void Dispose() => Tmux("kill-server");

    private string Tmux(params string[] arguments) =>
        FinishedProcess.Run(_folder, null, "tmux", ["-L", _socket, .. arguments]).Output;
}
