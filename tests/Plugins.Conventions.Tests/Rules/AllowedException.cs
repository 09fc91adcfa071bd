namespace Plugins.Conventions.Tests.Rules;

/// <summary>Leave for one place to break one rule.</summary>
internal sealed record AllowedException(string Rule, string Path, string Subject, string Reason)
{
    public static AllowedException Parse(string line)
    {
        string[] parts = line.Split('|', StringSplitOptions.TrimEntries);
        return parts is [var rule, var path, var subject, { Length: > 10 } reason]
            ? new AllowedException(rule, path, subject, reason)
            : throw new FormatException($"allowed.txt: '{line}' is not 'rule | path | subject | reason'.");
    }

    public override string ToString() => $"{Rule} | {Path} | {Subject}";
}
