namespace Plugins.Cli.Testing.Cases;

/// <summary>A table of cases, and the imagined applications that they run in.</summary>
internal sealed record CaseFile
{
    internal const string DefaultName = "cases.json";

    internal required IReadOnlyList<TestCase> Cases { get; init; }

    /// <summary>By name, what each function of an application answers.</summary>
    internal required IReadOnlyDictionary<string, ApplicationAnswers> Hosts { get; init; }
}
