using System.Threading.RateLimiting;

namespace Plugins.Host.Quotas;

/// <summary>A call's places in the quotas that it counts for; given back once.</summary>
internal struct CallPlace
{
    private RateLimitLease? _first;
    private RateLimitLease? _second;
    private RateLimitLease? _third;

    /// <summary>Time that the call waited for them.</summary>
    internal TimeSpan Waited { get; set; }

    internal void Add(RateLimitLease lease)
    {
        _third = _second;
        _second = _first;
        _first = lease;
    }

    internal readonly void Leave()
    {
        GiveBack(_first);
        GiveBack(_second);
        GiveBack(_third);
    }

    private static void GiveBack(RateLimitLease? lease)
    {
        try
        {
            lease?.Dispose();
        }
        catch
        {
            // Of a limiter of the application's own: no fault of the call, and the others are given back all the same.
        }
    }
}
