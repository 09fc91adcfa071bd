using Plugins.Cli.Commands;
using Plugins.Cli.Terminals;
using Plugins.Manifest.Text;

namespace Plugins.Cli.Running;

/// <summary>
/// Writes output as it comes: the very bytes to a pipe or a file, and whole lines made harmless to a terminal.
/// </summary>
internal sealed class StreamedOutput(Session session) : Stream
{
    // A terminal gets a longer line in pieces.
    private const int MaximumLineBytes = 64 * 1024;

    private readonly MemoryStream _line = new();

    internal long WrittenBytes { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        WrittenBytes += buffer.Length;
        if (session.Page.IsTerminal)
        {
            WriteLines(buffer);
        }
        else
        {
            session.WriteRaw(buffer);
        }

        // Else the plugin would go on for nothing, as failures of stdout are kept for the end of the command.
        if (session.Surroundings.Output is UnfailingStream { Failure: { } failure })
        {
            throw new IOException(failure.Message, failure);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => session.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _line.Length > 0)
        {
            PrintLine();
            Flush();
        }

        base.Dispose(disposing);
    }

    private void WriteLines(ReadOnlySpan<byte> buffer)
    {
        while (buffer.IndexOf((byte)'\n') is >= 0 and var end)
        {
            _line.Write(buffer[..end]);
            PrintLine();
            buffer = buffer[(end + 1)..];
        }

        _line.Write(buffer);
        if (_line.Length > MaximumLineBytes)
        {
            PrintLine();
        }

        Flush();
    }

    private void PrintLine()
    {
        session.Page.Line(VisibleText.Decode(_line.GetBuffer().AsSpan(0, (int)_line.Length), keepLines: true));
        _line.SetLength(0);
    }
}
