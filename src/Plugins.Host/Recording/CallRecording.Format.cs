using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Plugins.Host.Recording;

/// <content>Recordings as files: a line of JSON for the call, one for each answer, one for the end.</content>
public sealed partial class CallRecording
{
    /// <summary>The most bytes that a recording may have to be read, unless the reader says otherwise.</summary>
    /// <value>64 MiB.</value>
    public const int DefaultMaximumBytes = 64 << 20;

    /// <summary>Reads a recording, which anybody may have written.</summary>
    /// <param name="utf8">The file.</param>
    /// <param name="maximumBytes">The most bytes that it may have.</param>
    /// <returns>The recording.</returns>
    /// <exception cref="RecordingFormatException">It cannot be read.</exception>
    /// <remarks>Time and memory are linear in the bytes.</remarks>
    public static CallRecording Read(ReadOnlyMemory<byte> utf8, int maximumBytes = DefaultMaximumBytes) =>
        new RecordingReader(utf8, maximumBytes).Read();

    /// <summary>Reads a recording from a file of anybody's.</summary>
    /// <param name="stream">Read to its end, or one byte beyond the maximum; not disposed.</param>
    /// <param name="maximumBytes">The most bytes that it may have.</param>
    /// <returns>The recording.</returns>
    /// <exception cref="RecordingFormatException">It cannot be read.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static CallRecording Read(Stream stream, int maximumBytes = DefaultMaximumBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; bytes.Length <= maximumBytes && (count = stream.Read(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, count);
        }

        return Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), maximumBytes);
    }

    /// <summary>The recording as a file.</summary>
    /// <returns>Lines of JSON, the last one ended, too.</returns>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        WriteTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Writes the recording as a file.</summary>
    /// <param name="stream">Gets the file; not disposed.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void WriteTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        WriteLine(stream, Head, RecordingJson.Default.RecordedHead);
        foreach (var call in Calls)
        {
            WriteLine(stream, call, RecordingJson.Default.RecordedCall);
        }

        WriteLine(stream, End, RecordingJson.Default.RecordedEnd);
    }

    private static void WriteLine<T>(Stream stream, T line, JsonTypeInfo<T> type)
    {
        JsonSerializer.Serialize(stream, line, type);
        stream.WriteByte((byte)'\n');
    }
}
