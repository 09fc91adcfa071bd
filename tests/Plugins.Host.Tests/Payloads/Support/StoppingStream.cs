namespace Plugins.Host.Tests.Payloads.Support;

/// <summary>A stream that fails once more than so many bytes were taken from it.</summary>
internal sealed class StoppingStream(byte[] bytes, int limit) : MemoryStream(bytes)
{
    internal long Given => Position;

    public override int Read(Span<byte> buffer) =>
        Position < limit ? base.Read(buffer) : throw new TimeoutException("That is enough.");
}
