using System.Buffers;
using Plugins.Host.Capabilities;

namespace Plugins.Testing.Recording;

/// <summary>A capability's call whose answer the guest may be reading still.</summary>
internal sealed class RecordedCapabilityCall(int order, string capability, byte[] request)
{
    private readonly ArrayBufferWriter<byte> _answer = new();

    internal CapabilityStatus? Status { get; set; }

    internal int AnswerLength { get; set; }

    internal void Read(ReadOnlySpan<byte> bytes)
    {
        lock (_answer)
        {
            _answer.Write(bytes);
        }
    }

    internal CapabilityCall ToCall()
    {
        lock (_answer)
        {
            return new CapabilityCall(capability)
            {
                Order = order,
                Request = request,
                Status = Status,
                AnswerLength = AnswerLength,
                Answer = _answer.WrittenSpan.ToArray(),
            };
        }
    }
}
