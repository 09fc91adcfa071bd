namespace Plugins.Pdk.Tests.Guest;

/// <summary>A payload with a constructor, a collection and an optional member.</summary>
public sealed record Order(int Number, IReadOnlyList<string> Articles, string? Note = null);
