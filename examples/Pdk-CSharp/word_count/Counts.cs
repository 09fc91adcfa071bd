namespace WordCount;

/// <summary>What the plugin answers.</summary>
public sealed record Counts(long Words, long Lines, long Characters);
