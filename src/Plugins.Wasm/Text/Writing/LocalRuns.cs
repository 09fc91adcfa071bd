namespace Plugins.Wasm.Text.Writing;

/// <summary>Locals as runs of one type. WebAssembly 3.0, section 5.5.13.</summary>
internal sealed class LocalRuns
{
    private readonly SectionWriter _runs = new();
    private ByteWriter _type = new();
    private ByteWriter _next = new();
    private uint _length;

    /// <summary>Where the type of the next local is written.</summary>
    public ByteWriter Next()
    {
        EndLocal();
        return _next;
    }

    public void WriteTo(ByteWriter output)
    {
        EndLocal();
        EndRun();
        _runs.WriteTo(output);
    }

    private void EndLocal()
    {
        if (_next.Length == 0)
        {
            return;
        }

        if (!_next.Written.SequenceEqual(_type.Written))
        {
            EndRun();
            (_type, _next) = (_next, _type);
        }

        _next.CutTo(0);
        _length++;
    }

    private void EndRun()
    {
        if (_length > 0)
        {
            _runs.Next().Unsigned(_length);
            _runs.Bytes.Bytes(_type.Written);
            _length = 0;
        }
    }
}
