using System.Text;
using Plugins.Host.Capabilities;

namespace Plugins.Testing.Recording;

/// <summary>A call of a capability, built in or the application's own, as the guest saw it.</summary>
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

    /// <summary>The position among all calls in its test host, from 0.</summary>
    public int Order { get; init; }

    /// <summary>The capability's name.</summary>
    public string Capability { get; }

    /// <summary>The request.</summary>
    public ReadOnlyMemory<byte> Request { get; init; }

    /// <summary>The request as text; bytes that are not UTF-8 are replaced.</summary>
    public string RequestText => Encoding.UTF8.GetString(Request.Span);

    /// <summary>The status that the guest got.</summary>
    /// <value>Null where the call ended the guest, for example by exceeding the limit on host calls.</value>
    public CapabilityStatus? Status { get; init; }

    /// <summary>The length of the whole answer, read by the guest or not.</summary>
    public int AnswerLength { get; init; }

    /// <summary>The part of the answer that the guest has read; the message, where the call failed.</summary>
    public ReadOnlyMemory<byte> Answer { get; init; }

    /// <summary><see cref="Answer"/> as text; bytes that are not UTF-8 are replaced.</summary>
    public string AnswerText => Encoding.UTF8.GetString(Answer.Span);
}
