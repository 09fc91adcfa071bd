using Plugins.Host;
using Plugins.Host.Errors;

namespace Plugins.Cli.Testing;

/// <summary>What a call ended with: a result or a failure.</summary>
internal sealed record CaseCall(ReadOnlyMemory<byte> Output, PluginException? Failure, long? Fuel, double? DurationMs)
{
    internal static CaseCall None { get; } = new(default, null, null, null);

    internal static CaseCall Of(PluginResult result, ReadOnlyMemory<byte> output) =>
        new(output, null, result.FuelConsumed, result.Duration.TotalMilliseconds);

    internal static CaseCall Of(PluginException failure) => new(default, failure, null, null);
}
