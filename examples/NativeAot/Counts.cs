namespace NativeAot;

/// <summary>What the plugin has counted.</summary>
/// <param name="Words">The words.</param>
/// <param name="Lines">The lines.</param>
public sealed record Counts(int Words, int Lines);
