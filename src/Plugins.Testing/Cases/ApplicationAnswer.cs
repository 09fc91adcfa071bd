using Plugins.Host.Capabilities;

namespace Plugins.Testing.Cases;

/// <summary>One answer of an imagined application: a result, a status, or a message of failure.</summary>
internal sealed record ApplicationAnswer(CapabilityStatus Status, byte[] Result, string? Message, bool Echo);
