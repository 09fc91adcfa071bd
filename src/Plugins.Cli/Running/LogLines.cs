using Microsoft.Extensions.Logging;
using Plugins.Cli.Commands;
using Plugins.Cli.Hosting;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Running;

/// <summary>Shows on stderr what a guest logged, and what the host noted about it.</summary>
internal static class LogLines
{
    internal static void Print(Session session, LogCollector logs)
    {
        foreach (var entry in logs.Entries)
        {
            session.Side.Labelled(
                ($"log {entry.Level.ToString().ToLowerInvariant()}: ", ToneOf(entry.Level)), (entry.Text, Tone.Plain));
        }

        foreach (var note in logs.Notes)
        {
            session.Side.Labelled(("note: ", Tone.Warning), (note, Tone.Plain));
        }
    }

    private static Tone ToneOf(LogLevel level) => level switch
    {
        >= LogLevel.Error => Tone.Bad,
        LogLevel.Warning => Tone.Warning,
        _ => Tone.Dim,
    };
}
