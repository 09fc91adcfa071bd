using Plugins.Host.Payloads;

namespace Plugins.Host.Tests.Payloads.Support;

internal sealed class CborFormatException(int offset) : PayloadException($"CBOR refused at byte {offset}.")
{
    internal int Offset { get; } = offset;
}
