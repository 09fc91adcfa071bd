using System.ComponentModel;

namespace Plugins.Cli.Verifying;

/// <summary>One check of a signature.</summary>
internal sealed record Check(
    [property: Description("The check.")] string Name,
    [property: Description("passed, failed or skipped.")] string Result,
    [property: Description("The finding, or the reason why the check was skipped.")] string? Detail);
