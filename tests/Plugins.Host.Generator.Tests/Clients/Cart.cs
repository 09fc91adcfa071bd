namespace Plugins.Host.Generator.Tests.Clients;

public sealed record Cart(string Customer, CartItem[] Items);
