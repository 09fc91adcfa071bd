using Plugins.Wasm.Runtime;

namespace Plugins.Wasm.Tests.Runtime;

internal sealed unsafe class ChunkedWorkTests
{
    private const int Chunk = (int)ChunkedWork.ChunkBytes;
    private const int Elements = ChunkedWork.ChunkElements;

    private static readonly int[] s_lengths = [0, 1, Chunk - 1, Chunk, Chunk + 1, (3 * Chunk) + 7];
    private static readonly int[] s_counts = [0, 1, Elements - 1, Elements, Elements + 1, (3 * Elements) + 7];

    [Test]
    public void Copy_OfOverlappingBytes_GivesWhatTheWholeWouldGive(
        [ValueSource(nameof(s_lengths))] int length, [Values(0, 1, 5_000, Chunk + 3)] int distance, [Values] bool isUp)
    {
        byte[] bytes = new byte[length + distance];
        new Random(length).NextBytes(bytes);
        int from = isUp ? 0 : distance;
        int to = isUp ? distance : 0;
        byte[] expected = (byte[])bytes.Clone();
        expected.AsSpan(from, length).CopyTo(expected.AsSpan(to));

        fixed (byte* start = bytes)
        {
            ChunkedWork.Copy(null, start + from, start + to, (ulong)length);
        }

        Assert.That(bytes.AsSpan().SequenceEqual(expected), Is.True);
    }

    [Test]
    public void Copy_OfOverlappingReferences_GivesWhatTheWholeWouldGive(
        [ValueSource(nameof(s_counts))] int count, [Values(0, 1, Elements + 3)] int distance, [Values] bool isUp)
    {
        object?[] references = [.. Enumerable.Range(0, count + distance).Select(number => (object?)number)];
        int from = isUp ? 0 : distance;
        int to = isUp ? distance : 0;
        object?[] expected = (object?[])references.Clone();
        expected.AsSpan(from, count).CopyTo(expected.AsSpan(to));

        ChunkedWork.Copy(null, references.AsSpan(from, count), references.AsSpan(to, count), isUp);

        Assert.That(references.AsSpan().SequenceEqual(expected), Is.True);
    }

    [Test]
    public void Fill_OfBytes_FillsAllOfThemAndNoOther([ValueSource(nameof(s_lengths))] int length)
    {
        byte[] bytes = new byte[length + 2];
        fixed (byte* start = bytes)
        {
            ChunkedWork.Fill(null, start + 1, (ulong)length, 7);
        }

        Assert.That(bytes.AsSpan(1, length).ContainsAnyExcept((byte)7), Is.False);
        Assert.That(new[] { bytes[0], bytes[^1] }, Is.All.Zero);
    }

    [Test]
    public void Fill_OfReferences_FillsAllOfThem([ValueSource(nameof(s_counts))] int count)
    {
        object?[] references = new object?[count];
        ChunkedWork.Fill(null, references, this);

        Assert.That(references, Is.All.SameAs(this));
    }
}
