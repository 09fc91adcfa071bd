using System.ComponentModel;
using Plugins.Cli.Failures;

namespace Plugins.Cli.Answers;

/// <summary>An error, for programs; <c>code</c> is stable, and the texts are for people.</summary>
internal sealed record ErrorDetails(
    [property: Description("A name of docs/errors.md, a name of docs/signing.md, Usage, Cancelled or Internal.")]
    string Code,
    [property: Description("What went wrong.")] string What,
    [property: Description("Why.")] string? Why,
    [property: Description("What to do now.")] string Next,
    [property: Description("What the guest wrote about it; escape it before you show it.")] string? GuestMessage,
    [property: Description("What the guest's function returned.")] int? GuestExitCode,
    [property: Description("The guest's functions that ran, innermost first.")] IReadOnlyList<string>? Backtrace)
{
    internal static ErrorDetails Of(Complaint complaint) => new(
        complaint.Code,
        complaint.What,
        complaint.Why,
        complaint.Next,
        complaint.GuestMessage,
        complaint.GuestExitCode,
        complaint.Backtrace.Count == 0 ? null : complaint.Backtrace);
}
