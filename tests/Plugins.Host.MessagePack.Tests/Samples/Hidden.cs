namespace Plugins.Host.MessagePack.Tests.Samples;

/// <summary>A plain type that is not public.</summary>
internal sealed record Hidden(string Name, Hidden? Inner, OrderState State, List<Hidden> All);
