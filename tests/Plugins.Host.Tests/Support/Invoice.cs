namespace Plugins.Host.Tests.Support;

/// <summary>What the example plugin <c>invoice</c> answers, in hundredths of the currency.</summary>
internal sealed record Invoice(string Customer, string Currency, int Lines, long Net, long Tax, long Total);
