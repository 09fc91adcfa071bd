namespace Plugins.Host.MessagePack.Tests.Samples;

/// <summary>A structure that holds an object.</summary>
public readonly record struct Link(Ring To);
