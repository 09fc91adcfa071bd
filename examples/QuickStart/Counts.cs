namespace QuickStart;

/// <summary>What <c>word_count</c> writes.</summary>
internal sealed record Counts(long Words, long Lines, long Characters);
