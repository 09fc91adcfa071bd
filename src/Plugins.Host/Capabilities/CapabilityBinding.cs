namespace Plugins.Host.Capabilities;

/// <summary>The capability, or the refusal, behind one import of a plugin.</summary>
/// <param name="Name">The import's name.</param>
/// <param name="Capability">
/// What answers, or null when the permission is optional and not granted or not offered.
/// </param>
/// <param name="Missing">The optional permission that is missing, or null.</param>
/// <param name="Reason">Why it is missing, or null.</param>
internal sealed record CapabilityBinding(
    string Name, Capability? Capability, string? Missing = null, string? Reason = null);
