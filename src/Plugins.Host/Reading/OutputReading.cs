using Plugins.Host.Calls;
using Plugins.Host.Errors;
using Plugins.Host.Payloads;

namespace Plugins.Host.Reading;

/// <summary>The time in which the output of a call is read, which is what the guest has left of its own.</summary>
/// <remarks>For one thread.</remarks>
internal sealed class OutputReading
{
    private readonly FailureSite _site;
    private readonly TimeSpan _limit;
    private readonly CallClock _clock;
    private readonly CancellationToken _cancellation;

    internal OutputReading(
        PluginDefinition definition,
        in FailureSite site,
        PluginCallOptions? options,
        in PluginResult result,
        CancellationToken cancellation)
    {
        var budget = GuestBudget.For(definition, options);
        var environment = definition.Environment;
        _site = site;
        _limit = budget.WallTime;
        _cancellation = cancellation;
        _clock = new CallClock(environment.Clock);
        _clock.Begin(environment.Clock.Now, budget.WallTime - (result.Duration - result.QueueTime));
    }

    /// <summary>Reads, and adds the time to the result's.</summary>
    /// <param name="result">What the guest's part of the call cost.</param>
    /// <param name="output">What the guest wrote.</param>
    /// <param name="read">Reads it, and asks between pieces whether it may go on.</param>
    /// <exception cref="PluginTimeException">The time of the call is over.</exception>
    /// <exception cref="OperationCanceledException">The caller has cancelled.</exception>
    internal PluginResult<T> Read<T>(
        in PluginResult result,
        ReadOnlyMemory<byte> output,
        Func<PayloadDocument, T> read)
    {
        var value = read(new PayloadDocument(output, Check));
        Check();
        return result.With(value) with { Duration = result.Duration + _clock.Elapsed };
    }

    private void Check()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_clock.Remaining <= TimeSpan.Zero)
        {
            throw new PluginTimeException(_site, _limit, null);
        }
    }
}
