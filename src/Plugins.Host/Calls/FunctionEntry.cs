namespace Plugins.Host.Calls;

/// <summary>A function that the manifest lists.</summary>
/// <param name="Name">Its export.</param>
/// <param name="Index">Its place in the manifest.</param>
internal sealed record FunctionEntry(string Name, int Index);
