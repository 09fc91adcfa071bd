namespace Plugins.Host.Tests.Support;

/// <summary>What a typed call carries, with a part that is not written in a plain way.</summary>
internal sealed record Order(string Customer, int Quantity, Guid Id);
