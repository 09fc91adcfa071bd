namespace Plugins.Conventions.Tests.Rules;

/// <summary>One place that breaks a rule.</summary>
/// <param name="Path">The file or folder, from the repository's root.</param>
/// <param name="Subject">What in it: a type, a member, or the line.</param>
/// <param name="Finding">What is wrong there.</param>
internal sealed record Violation(string Path, string Subject, string Finding)
{
    public override string ToString() => $"{Path} {Subject}: {Finding}";
}
