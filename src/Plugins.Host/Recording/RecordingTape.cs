using Plugins.Host.Errors;

namespace Plugins.Host.Recording;

/// <summary>Collects a call as it runs.</summary>
internal sealed class RecordingTape(CallRecorderOptions options) : CallTape
{
    // For what a line has besides its bytes, so that calls without any are bounded, too.
    private const int BytesPerCall = 64;
    private const int BytesPerGrowth = 8;

    private readonly Redaction _redaction = new(options.IsSecret, options.SecretHeaders);
    private readonly List<byte[]> _pieces = [];
    private readonly List<RecordedCall> _calls = [];
    private readonly List<int> _refused = [];
    private RecordedHead? _head;
    private long _bytes;

    internal CallRecording? Recording { get; private set; }

    internal bool IsTooLarge { get; private set; }

    /// <exception cref="InvalidOperationException">It has recorded a call already.</exception>
    internal void Begin(RecordedHead head, IReadOnlySet<string> secretSettings)
    {
        if (Interlocked.CompareExchange(ref _head, head, null) is not null)
        {
            throw new InvalidOperationException("A recorder records one call; make another for this one.");
        }

        _redaction.SecretSettings = secretSettings;
        Count(head.Input?.Length ?? 0);
    }

    internal override void AddInput(ReadOnlySpan<byte> bytes)
    {
        if (Count(bytes.Length + BytesPerCall))
        {
            _pieces.Add(bytes.ToArray());
        }
    }

    internal override void RefuseGrowth(int growth)
    {
        if (Count(BytesPerGrowth))
        {
            _refused.Add(growth);
        }
    }

    private protected override IReadOnlyList<int>? RefusedGrowths => _refused.Count > 0 ? _refused : null;

    /// <summary>A capability has answered.</summary>
    internal void AddCall(string name, ReadOnlySpan<byte> request, int status, ReadOnlySpan<byte> result, long fuel)
    {
        if (!Count((long)request.Length + result.Length + BytesPerCall))
        {
            return;
        }

        var asked = _redaction.OfRequest(name, request);
        _calls.Add(new RecordedCall
        {
            Call = name,
            Request = asked.Request,
            IsSecret = asked.IsSecret,
            Status = status,
            Result = asked.IsSecret ? null : _redaction.OfResult(name, status, result),
            Fuel = fuel,
        });
    }

    internal override void End(PluginException? failure, long fuel)
    {
        if (!IsTooLarge && _head is not null)
        {
            var head = _head.IsStreamed ? _head with { Pieces = _pieces } : _head;
            Recording = new CallRecording(head, _calls, Describe(failure, fuel));
        }

        Dispose();
    }

    private bool Count(long bytes)
    {
        _bytes += bytes;
        IsTooLarge |= _bytes > options.MaximumBytes;
        if (IsTooLarge)
        {
            _pieces.Clear();
            _calls.Clear();
            _refused.Clear();
        }

        return !IsTooLarge;
    }
}
