namespace Plugins.Cli.Failures;

/// <summary>Ends a command with a complaint that its user can act on.</summary>
internal sealed class CommandException(Complaint complaint, Exception? inner = null)
    : Exception(complaint.What, inner)
{
    internal Complaint Complaint { get; } = complaint;

    internal static CommandException Usage(string what, string? why, string next) =>
        new(Complaint.Usage(what, why, next));
}
