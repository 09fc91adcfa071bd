namespace Plugins.Host.Tests.Payloads.Support;

/// <summary>A dictionary that hashes as it always did.</summary>
internal sealed class Shelf : Dictionary<long, int>;
