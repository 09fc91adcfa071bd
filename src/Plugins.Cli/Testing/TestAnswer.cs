using System.ComponentModel;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Testing;

/// <summary>How a plugin did in all its cases.</summary>
internal sealed record TestAnswer() : Answer("test")
{
    // More would scroll away what matters.
    private const int ShownCases = 1000;

    [Description("The plugin's name.")]
    public required string Plugin { get; init; }

    [Description("The file with the cases, or the conformance kit.")]
    public required string File { get; init; }

    [Description("The number of cases that passed.")]
    public int Passed => Cases.Count(test => test.Passed);

    [Description("The number of cases that failed.")]
    public int Failed => Cases.Count - Passed;

    [Description("The number of cases not run, because they are for other plugins or --filter excludes them.")]
    public required int NotRun { get; init; }

    [Description("The time of all cases, in milliseconds.")]
    public required double DurationMs { get; init; }

    [Description("Each case that was run.")]
    public required IReadOnlyList<CaseResult> Cases { get; init; }

    internal override ExitCode Outcome => Failed == 0 ? Cli.ExitCode.Success : Cli.ExitCode.Failed;

    internal override void Print(Session session)
    {
        var page = session.Page;
        page.Line((Plugin, Tone.Strong), ($"  {ShownFile(session.Surroundings)}", Tone.Dim));
        if (Passed > 0)
        {
            page.Line();
        }

        page.Rows([.. Cases.Where(test => test.Passed).Take(ShownCases).Select(Row)], 2, 3);
        if (Passed > ShownCases)
        {
            page.Line($"  … and {Page.Number(Passed - ShownCases)} more that passed", Tone.Dim);
        }

        foreach (var test in Cases.Where(test => !test.Passed).Take(ShownCases))
        {
            PrintFailure(page, test);
        }

        page.Line();
        page.Line(
            ($"{Page.Number(Passed)} passed", Passed > 0 ? Tone.Good : Tone.Plain),
            (", ", Tone.Plain),
            ($"{Page.Number(Failed)} failed", Failed > 0 ? Tone.Bad : Tone.Plain),
            (NotRun > 0 ? $", {Page.Number(NotRun)} not run" : "", Tone.Dim),
            ($" in {Page.Time(DurationMs)}", Tone.Dim));
        if (Failed > 0)
        {
            page.Next("Correct the plugin or the case; --watch runs them again at every build.");
        }
    }

    // The kit is no file, and has a name instead.
    private string ShownFile(Surroundings surroundings) => Path.IsPathRooted(File) ? surroundings.Show(File) : File;

    private static (string, Tone)[] Row(CaseResult test) =>
    [
        ("ok", Tone.Good),
        (test.Name, Tone.Plain),
        (test.Fuel is { } fuel ? $"{Page.Number(fuel)} fuel" : "fails as it must", Tone.Dim),
        (test.DurationMs is { } duration ? Page.Time(duration) : "", Tone.Dim),
    ];

    private static void PrintFailure(Page page, CaseResult test)
    {
        page.Line();
        page.Line(("  FAILED", Tone.Bad), ($"  {test.Name}", Tone.Strong));
        foreach (var difference in test.Differences)
        {
            page.Line($"    {difference.What}", Tone.Dim);
            page.Labelled(("      expected  ", Tone.Dim), (difference.Expected, Tone.Plain));
            page.Labelled(("           got  ", Tone.Dim), (difference.Actual, Tone.Plain));
        }
    }
}
