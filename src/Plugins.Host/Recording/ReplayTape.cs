using System.Text;
using Plugins.Host.Errors;

namespace Plugins.Host.Recording;

/// <summary>Answers a call with what was recorded, and tells where it differs.</summary>
internal sealed class ReplayTape : CallTape
{
    private readonly CallRecording _recording;
    private readonly FailureSite _site;
    private readonly Redaction _redaction;
    private readonly Func<string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?>? _secrets;
    private readonly IReadOnlyDictionary<string, byte[]> _settings;
    private readonly IReadOnlyList<int> _refused;
    private int _next;
    private int _read;
    private int _nextRefused;

    internal ReplayTape(
        CallRecording recording,
        FailureSite site,
        CallReplayOptions options,
        IReadOnlyDictionary<string, byte[]> settings)
    {
        _recording = recording;
        _site = site;
        _redaction = new Redaction(isSecret: null, options.SecretHeaders);
        _secrets = options.Secrets;
        _settings = settings;
        _refused = recording.End.RefusedGrowths ?? [];
    }

    /// <summary>Whether fuel has to be the same.</summary>
    internal required bool ComparesFuel { get; init; }

    internal bool InitializesForEachCall => _recording.Head.InitializesForEachCall;

    /// <summary>What was found to differ first.</summary>
    internal PluginReplayException? Divergence { get; private set; }

    /// <summary>The fuel that the replay used; null before it has ended.</summary>
    internal long? Fuel { get; private set; }

    /// <summary>The answer to what the guest asks.</summary>
    /// <exception cref="PluginReplayException">It was not asked then, or its answer is not known.</exception>
    internal RecordedCall Answer(string name, ReadOnlySpan<byte> request, int maximumBytes)
    {
        if (_next >= _recording.Calls.Count || _recording.Calls[_next].Call != name)
        {
            throw Differ(ReplayProblem.OtherCall, name, _next);
        }

        var call = _recording.Calls[_next];
        if (call.Request is not null)
        {
            Compare(call.Request, _redaction.OfRequest(name, request).Request, name);
        }

        var answer = call.IsSecret ? call with { Result = Reveal(call, name, request) } : call;
        _next++;
        return answer.Result!.Length <= maximumBytes ? answer : throw Differ(
            ReplayProblem.OtherLimits, nameof(RecordedLimits.CapabilityResultBytes), _next - 1);
    }

    /// <summary>The next piece of a streamed input, for a guest that has room for so many bytes.</summary>
    /// <exception cref="PluginReplayException">It was not read so then.</exception>
    internal ReadOnlySpan<byte> Read(int length)
    {
        var pieces = _recording.Head.Pieces!;
        if (_read >= pieces.Count || pieces[_read].Length > length)
        {
            throw Differ(ReplayProblem.OtherRead, "input", _read);
        }

        return pieces[_read++];
    }

    /// <summary>Whatever the guest did after it, it did as it was refused memory.</summary>
    internal override void RefuseMemory() =>
        Divergence = new PluginReplayException(_site, ReplayProblem.OtherLimits, nameof(PluginErrorCode.MemoryBudget));

    /// <inheritdoc cref="RefuseMemory"/>
    internal override void RefuseGrowth(int growth) => RefuseMemory();

    internal override bool RefusesGrowths => _refused.Count > 0;

    internal override bool Refuses(int growth)
    {
        var isRefused = _nextRefused < _refused.Count && _refused[_nextRefused] == growth;
        _nextRefused += isRefused ? 1 : 0;
        return isRefused;
    }

    internal override void End(PluginException? failure, long fuel)
    {
        // The time of the replay is not that of the recording.
        if (Divergence is not null || failure is PluginTimeException)
        {
            return;
        }

        Fuel = fuel;
        var (now, then) = (Describe(failure, fuel), _recording.End);
        if (_next < _recording.Calls.Count && now.End == then.End)
        {
            _ = Differ(ReplayProblem.CallsMissing, _recording.Calls[_next].Call, _next);
            return;
        }

        var difference = now.End != then.End ? "outcome"
            : now.Trap != then.Trap ? "trap"
            : now.ExitCode != then.ExitCode ? "exit code"
            : now.Message != then.Message ? "error text"
            : now.OutputBytes != then.OutputBytes || now.OutputSha256 != then.OutputSha256 ? "output"
            : _nextRefused < _refused.Count ? "growth of memory"
            : ComparesFuel && now.LacksMemory != then.LacksMemory ? "outcome"
            : ComparesFuel && now.Fuel != then.Fuel ? "fuel"
            : null;
        if (difference is not null)
        {
            _ = Differ(ReplayProblem.OtherEnd, difference);
        }
    }

    private void Compare(byte[] then, ReadOnlySpan<byte> now, string name)
    {
        var same = now.CommonPrefixLength(then);
        if (same < then.Length || same < now.Length)
        {
            throw Differ(ReplayProblem.OtherRequest, name, _next, same);
        }
    }

    // A result that is none, as that of a missing key, is no secret.
    private byte[] Reveal(RecordedCall call, string name, ReadOnlySpan<byte> request)
    {
        if (call.Status is not (0 or -2))
        {
            return [];
        }

        var given = _secrets?.Invoke(name, request.ToArray());
        return given is not null ? given.Value.ToArray()
            : name == Redaction.ConfigRead && _settings.TryGetValue(Encoding.UTF8.GetString(request), out var value)
                ? value
                : throw Differ(ReplayProblem.SecretMissing, name, _next);
    }

    private PluginReplayException Differ(
        ReplayProblem problem, string subject, int? position = null, int? offset = null)
    {
        var difference = new PluginReplayException(_site, problem, subject, position, offset);
        Divergence ??= difference;
        return difference;
    }
}
