using System.Collections.Frozen;
using System.Text;
using Plugins.Host.Catalog.Circuits;

namespace Plugins.Host.Configuration;

/// <summary>A circuit breaker out of a section; null where there is none.</summary>
internal static class CircuitSettings
{
    private const string Key = "CircuitBreaker";
    private const string Answers = "DefaultAnswers";

    internal static PluginCircuitBreaker? Read(SettingsReader above)
    {
        var section = above.Section(Key);
        var breaker = new PluginCircuitBreaker();
        var answers = section.Named(Answers).ToFrozenDictionary(
            answer => answer.Key,
            answer => Encoding.UTF8.GetBytes(answer.Value ?? string.Empty),
            StringComparer.Ordinal);
        breaker = breaker with
        {
            FailureRatio = section.Share(nameof(breaker.FailureRatio), breaker.FailureRatio),
            MinimumCalls = section.Number(
                nameof(breaker.MinimumCalls),
                breaker.MinimumCalls,
                PluginCircuitBreaker.FewestCalls,
                PluginCircuitBreaker.MostCalls),
            SamplingDuration = TimeOf(section, nameof(breaker.SamplingDuration)) ?? breaker.SamplingDuration,
            BreakDuration = TimeOf(section, nameof(breaker.BreakDuration)) ?? breaker.BreakDuration,
            WhenOpen = section.Choice<CircuitFallback>(nameof(breaker.WhenOpen)) ?? breaker.WhenOpen,
            DefaultAnswer = function => answers.GetValueOrDefault(function),
        };
        section.RequireKnown();
        if (breaker.WhenOpen == CircuitFallback.DefaultAnswer && answers.Count == 0)
        {
            section.Fail(Answers, $"is missing, which {nameof(breaker.WhenOpen)} asks for");
        }

        return above.Has(Key) ? breaker : null;
    }

    private static TimeSpan? TimeOf(SettingsReader section, string key)
    {
        var time = section.Time(key, PluginCircuitBreaker.LongestTime);
        if (time >= PluginCircuitBreaker.ShortestTime)
        {
            return time;
        }

        if (time is not null)
        {
            section.Fail(key, "is out of range: it must be at least half a second");
        }

        return null;
    }
}
