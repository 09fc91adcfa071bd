namespace Plugins.Cli.Failures;

/// <summary>What went wrong, why, and what to do now: the three things that every error of the command says.</summary>
internal sealed record Complaint(ExitCode ExitCode, string Code, string What, string? Why, string Next)
{
    /// <summary>What the guest itself said, where it did.</summary>
    internal string? GuestMessage { get; init; }

    /// <summary>What the guest's function returned, where it returned.</summary>
    internal int? GuestExitCode { get; init; }

    /// <summary>The guest's functions that were running, innermost first.</summary>
    internal IReadOnlyList<string> Backtrace { get; init; } = [];

    internal static Complaint Usage(string what, string? why, string next) =>
        new(ExitCode.Usage, "Usage", what, why, next);
}
