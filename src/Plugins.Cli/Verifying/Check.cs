using System.ComponentModel;

namespace Plugins.Cli.Verifying;

/// <summary>One check of a signature.</summary>
internal sealed record Check(
    [property: Description("What is checked.")] string Name,
    [property: Description("passed, failed or skipped.")] string Result,
    [property: Description("What came out, or why it was skipped.")] string? Detail);
