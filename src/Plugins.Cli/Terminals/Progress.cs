using Plugins.Manifest.Text;

namespace Plugins.Cli.Terminals;

/// <summary>
/// One line on a terminal about work that takes a while; nothing anywhere else, and nothing at first.
/// </summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // A longer line would be broken, and only its last part be taken away again.
    private const int MaximumLength = 70;

    private readonly Lock _lock = new();
    private readonly TextWriter _writer;
    private readonly ITimer? _timer;
    private readonly int _length;
    private string _text;
    private bool _isShown;
    private bool _isDisposed;

    internal Progress(Surroundings surroundings, string text)
    {
        _writer = surroundings.Error;
        _text = text;
        _length = Math.Clamp(surroundings.Width - 1, 1, MaximumLength);
        if (surroundings.ErrorIsTerminal)
        {
            _timer = surroundings.Time.CreateTimer(_ => Show(), null, Patience, Interval);
        }
    }

    internal void Report(string text) => Volatile.Write(ref _text, text);

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_lock)
        {
            _isDisposed = true;
            if (_isShown)
            {
                _writer.Write("\r\e[K");
                _writer.Flush();
            }
        }
    }

    // Letters may be wider than one column, as in the name of a function.
    private string Cut(string text)
    {
        var flow = new Flow(_length, 0);
        flow.Add(text, Tone.Plain);
        return string.Concat(flow.Lines[0].Select(piece => piece.Text));
    }

    private void Show()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isShown = true;
            _writer.Write($"\r\e[K{Cut(VisibleText.Escape(Volatile.Read(ref _text)))}");
            _writer.Flush();
        }
    }
}
