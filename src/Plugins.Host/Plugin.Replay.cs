using Plugins.Host.Budgets;
using Plugins.Host.Calls;
using Plugins.Host.Errors;
using Plugins.Host.Recording;
using Plugins.Manifest.Text;

namespace Plugins.Host;

public sealed partial class Plugin
{
    /// <summary>Runs a recorded call again, with the answers that it got then, and compares how it ends.</summary>
    /// <param name="recording">The call; it may come from anybody.</param>
    /// <param name="options">Where secrets come from; the defaults where null.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>What the call gave, then and now.</returns>
    /// <exception cref="PluginReplayException">
    /// The recording is of another module or other limits, cannot be repeated, or the guest did something else.
    /// </exception>
    /// <exception cref="PluginException">The replay did not get to its end: it took too long, above all.</exception>
    /// <exception cref="ArgumentException">The manifest lists no such function.</exception>
    /// <exception cref="InvalidOperationException">
    /// The plugin was loaded without <see cref="PluginLoadOptions.CanonicalizesNaNs"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The plugin or its host was disposed.</exception>
    /// <remarks>
    /// On the calling thread, and on an instance made for it. No capability is called and nothing is granted; the
    /// plugin needs the limits of the recording, but for the time. On another engine, fuel is not compared.
    /// </remarks>
    public ReplayedCall Replay(
        CallRecording recording, CallReplayOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        var head = recording.Head;
        using var tape = new ReplayTape(
            recording, ReplaySite(recording), options ?? new CallReplayOptions(), Definition.Configuration)
        {
            ComparesFuel = IsOfThisEngine(recording),
        };
        RequireSame(recording);
        var result = default(PluginResult);
        PluginException? failure = null;
        try
        {
            var request = new CallRequest
            {
                Function = head.Function,
                Input = head.Input,
                Source = head.IsStreamed ? new RecordedStream(tape) : null,
                Sink = head.StreamsOutput ? Stream.Null : null,
                Options = new PluginCallOptions { Replay = tape, Fuel = tape.ComparesFuel ? head.Fuel : null },
                Cancellation = cancellationToken,
            };
            Invoke(request, out result);
        }
        catch (PluginException exception) when (tape.Divergence is not null || tape.Fuel is not null)
        {
            failure = exception;
        }

        return tape.Divergence is null
            ? new ReplayedCall(result.Output, failure, tape.Fuel ?? 0, tape.ComparesFuel)
            : throw tape.Divergence;
    }

    private protected override bool BeginsAnew => true;

    private void InvokeOnTape(
        int function, in CallRequest request, InstanceMemory? reserved, out PluginResult result)
    {
        var options = request.Options!;
        options.Recorder?.Tape.Begin(DescribeCall(request), SecretSettings());
        var instance = _pool.RentFresh(
            request, reserved, options.Replay?.InitializesForEachCall ?? _pool.InitializesForEachCall);
        try
        {
            instance.Call(function, request, options, out result);
        }
        finally
        {
            _pool.Drop(instance);
        }
    }

    private RecordedHead DescribeCall(in CallRequest request) => new()
    {
        Format = RecordedHead.FormatName,
        Version = RecordedHead.CurrentVersion,
        Plugin = IdText,
        PluginVersion = Definition.VersionText,
        Module = Manifest.Module.Sha256.ToString(),
        Function = request.Function,
        Engine = Definition.Environment.Engine.Name,
        EngineVersion = Definition.Environment.Engine.Version,
        MetersFuel = Definition.MetersFuel,
        InitializesForEachCall = _pool.InitializesForEachCall,
        StreamsOutput = request.Sink is not null,
        Fuel = GuestBudget.For(Definition, request.Options).Fuel,
        Limits = RecordedLimits.Of(Limits),
        Input = request.Source is null ? request.Input.ToArray() : null,
    };

    private HashSet<string> SecretSettings() =>
        Manifest.Config.Where(key => key.Secret).Select(key => key.Key).ToHashSet(StringComparer.Ordinal);

    private bool IsOfThisEngine(CallRecording recording) =>
        recording.Head.MetersFuel
        && Definition.MetersFuel
        && recording.Engine == Definition.Environment.Engine.Name
        && recording.EngineVersion == Definition.Environment.Engine.Version;

    private void RequireSame(CallRecording recording)
    {
        var site = ReplaySite(recording);
        if (!recording.ModuleDigest.Equals(Manifest.Module.Sha256))
        {
            throw new PluginReplayException(site, ReplayProblem.OtherModule, recording.ModuleDigest.ToString());
        }

        // Another engine counts fuel otherwise, so it ends elsewhere for want of it, and may not ask for each growth.
        if (!recording.IsReplayable
            || (recording.Outcome == PluginErrorCode.FuelLimit && !IsOfThisEngine(recording))
            || (recording.RefusesGrowths && recording.Engine != Definition.Environment.Engine.Name))
        {
            var isRefused = recording.End.BudgetRefused || recording.RefusesGrowths;
            var reason = isRefused ? PluginErrorCode.MemoryBudget : recording.Outcome;
            throw new PluginReplayException(site, ReplayProblem.NotReplayable, reason.ToString());
        }

        var limits = RecordedLimits.Of(Limits).Entries().Zip(recording.Head.Limits.Entries());
        foreach (var (now, then) in limits)
        {
            if (now.Value != then.Value)
            {
                throw new PluginReplayException(site, ReplayProblem.OtherLimits, now.Name);
            }
        }

        if (IsOfThisEngine(recording) && recording.Head.Fuel > Limits.Fuel)
        {
            throw new PluginReplayException(site, ReplayProblem.OtherLimits, nameof(Limits.Fuel));
        }
    }

    private FailureSite ReplaySite(CallRecording recording) =>
        new(PluginPhase.Call, Id, VisibleText.Name(recording.Function), null);
}
