namespace Plugins.Host.Generator.Tests.Clients;

public sealed record Counts(int Words, int Lines, int Characters);
