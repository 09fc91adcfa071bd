using System.Text;
using Plugins.Host.Capabilities;

namespace Plugins.Testing.Recording;

/// <summary>A call of a capability, built in or the application's own, as the guest made and saw it.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record CapabilityCall
{
    /// <summary>Makes a record.</summary>
    /// <param name="capability">The capability's name.</param>
    public CapabilityCall(string capability)
    {
        ArgumentNullException.ThrowIfNull(capability);
        Capability = capability;
    }

    /// <summary>Which in the order of all calls in its test host, from 0.</summary>
    public int Order { get; init; }

    /// <summary>The capability's name.</summary>
    public string Capability { get; }

    /// <summary>What it was asked.</summary>
    public ReadOnlyMemory<byte> Request { get; init; }

    /// <summary>The request as text; what is not UTF-8 is replaced.</summary>
    public string RequestText => Encoding.UTF8.GetString(Request.Span);

    /// <summary>How it ended.</summary>
    /// <value>Null where it ended the guest, as beyond the limit of such calls.</value>
    public CapabilityStatus? Status { get; init; }

    /// <summary>Bytes of the answer, those included that the guest did not read.</summary>
    public int AnswerLength { get; init; }

    /// <summary>What the guest has read of the answer; the message, where it failed.</summary>
    public ReadOnlyMemory<byte> Answer { get; init; }

    /// <summary><see cref="Answer"/> as text; what is not UTF-8 is replaced.</summary>
    public string AnswerText => Encoding.UTF8.GetString(Answer.Span);
}
