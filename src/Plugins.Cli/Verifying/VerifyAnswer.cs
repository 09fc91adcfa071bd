using System.ComponentModel;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Verifying;

/// <summary>What each check said.</summary>
internal sealed record VerifyAnswer() : Answer("verify")
{
    [Description("The module's path.")]
    public required string File { get; init; }

    [Description("Each check, in the order in which they are made.")]
    public required IReadOnlyList<Check> Checks { get; init; }

    [Description("The code of the refusal, from docs/signing.md or docs/errors.md; absent if all is well.")]
    public string? Code { get; init; }

    [Description("The reason for the check that failed.")]
    public string? Why { get; init; }

    [Description("The next step after a refusal.")]
    public string? Next { get; init; }

    [Description("The plugin's id, verified.")]
    public string? Plugin { get; init; }

    [Description("Its version, verified.")]
    public string? Version { get; init; }

    [Description("The keys whose signatures count.")]
    public IReadOnlyList<string>? Signers { get; init; }

    [Description("The time at which the signature expires, by the manifest or the policy.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [Description("The permissions that it asks for.")]
    public IReadOnlyList<string>? Permissions { get; init; }

    internal override ExitCode Outcome => Code is null ? Cli.ExitCode.Success : Cli.ExitCode.Refused;

    internal override void Print(Session session)
    {
        var page = session.Page;
        page.Line(session.Surroundings.Show(File), Tone.Strong);
        page.Line();
        page.Rows([.. Checks.Select(check =>
            new[] { (check.Result, ToneOf(check)), (check.Name, Tone.Plain), (check.Detail ?? "", Tone.Dim) })]);
        page.Line();
        if (Code is not null)
        {
            page.Line(("REFUSED", Tone.Bad), ($" ({Code}){(Why is null ? "" : $": {Why}")}", Tone.Plain));
            page.Next(Next!);
            return;
        }

        page.Line(("verified: ", Tone.Good), ($"{Plugin} {Version}", Tone.Strong));
        page.Facts(
            ("signed by", string.Join(", ", Signers!), Tone.Plain),
            ("expires", ExpiresAt is { } end ? $"{end:u}" : "never", Tone.Plain),
            ("asks for", Permissions is { Count: > 0 } ? string.Join(", ", Permissions) : "nothing", Tone.Plain));
    }

    private static Tone ToneOf(Check check) => check.Result switch
    {
        "passed" => Tone.Good,
        "failed" => Tone.Bad,
        _ => Tone.Dim,
    };
}
