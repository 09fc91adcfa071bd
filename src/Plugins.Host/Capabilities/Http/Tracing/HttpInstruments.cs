using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Plugins.Host.Capabilities.Http.Tracing;

/// <summary>Where requests of guests are told of.</summary>
/// <param name="Duration">Their time, in seconds.</param>
/// <param name="Source">Their spans.</param>
/// <param name="Now">The time by the host's clock, which never throws.</param>
internal sealed record HttpInstruments(Histogram<double> Duration, ActivitySource Source, Func<TimeSpan> Now)
{
    /// <summary>True if anybody listens.</summary>
    internal bool AreWanted => Duration.Enabled || Source.HasListeners();
}
