using System.ComponentModel;
using Plugins.Cli.Hosting;

namespace Plugins.Cli.Running;

/// <summary>An entry of a guest's log, for programs.</summary>
internal sealed record LogLine(
    [property: Description("trace, debug, information, warning, error or critical.")] string Level,
    [property: Description("The guest's text; escape it before you show it.")] string Text)
{
    internal static LogLine Of(GuestEntry entry) => new(entry.Level.ToString().ToLowerInvariant(), entry.Text);
}
