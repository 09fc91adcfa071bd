using System.Threading.RateLimiting;

namespace Plugins.Host.Quotas;

/// <summary>Fuel that comes back steadily; a permit is a unit.</summary>
/// <remarks>
/// Nobody knows before a call how much it will take. So no permits at all are a question, which is answered with yes as
/// long as there is fuel, and any other number is taken whether it is there or not: what is owed is made good first.
/// </remarks>
internal sealed class FuelLimiter : RateLimiter
{
    private readonly Lock _gate = new();
    private readonly Func<long> _now;
    private readonly long _capacity;
    private readonly long _interval;
    private readonly int _queueLimit;
    private long _balance;
    private long _asOf;
    private long _fullSince;
    private long _remainder;
    private int _waiting;

    /// <param name="capacity">Units that come back in an interval, and that there are at most.</param>
    /// <param name="interval">The interval in ticks.</param>
    /// <param name="queueLimit">Calls that may wait.</param>
    /// <param name="now">The time in ticks.</param>
    internal FuelLimiter(long capacity, long interval, int queueLimit, Func<long> now)
    {
        _capacity = capacity;
        _interval = interval;
        _queueLimit = queueLimit;
        _now = now;
        _balance = capacity;
        _asOf = _fullSince = now();
    }

    /// <summary>How long it has been full, so that one that nobody uses can be forgotten.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_gate)
            {
                Replenish();
                return _balance == _capacity && _waiting == 0 ? TimeSpan.FromTicks(_now() - _fullSince) : null;
            }
        }
    }

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_gate)
        {
            Replenish();
            return new RateLimiterStatistics { CurrentAvailablePermits = _balance, CurrentQueuedCount = _waiting };
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_gate)
        {
            Replenish();
            if (permitCount > 0)
            {
                _balance = Math.Max(_balance, long.MinValue / 2) - permitCount;
                return FuelLease.Acquired;
            }

            return _balance > 0 ? FuelLease.Acquired : new FuelLease(isAcquired: false, TimeToWait());
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        var lease = AttemptAcquireCore(permitCount);
        return lease.IsAcquired ? new(lease) : new(WaitAsync(lease, cancellationToken));
    }

    private async Task<RateLimitLease> WaitAsync(RateLimitLease refusal, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > _queueLimit)
        {
            Interlocked.Decrement(ref _waiting);
            return refusal;
        }

        try
        {
            while (!refusal.IsAcquired)
            {
                _ = refusal.TryGetMetadata(MetadataName.RetryAfter, out var time);
                await Task.Delay(Rounded(time), cancellation).ConfigureAwait(false);
                refusal = AttemptAcquireCore(0);
            }

            return refusal;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    // Timers count in milliseconds, and take no more than some weeks.
    private static TimeSpan Rounded(TimeSpan time) =>
        TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(time.TotalMilliseconds), 1, int.MaxValue));

    private TimeSpan TimeToWait() => new((long)Int128.Min(
        (((Int128)1 - _balance) * _interval / _capacity) + 1, TimeSpan.FromDays(365).Ticks));

    // What time is left of a unit is kept, so that what is asked for often loses nothing and gains nothing.
    private void Replenish()
    {
        var now = _now();
        var earned = (Int128.Max((Int128)now - _asOf, 0) * _capacity) + _remainder;
        var gained = earned / _interval;
        (_asOf, _remainder) = (now, (long)(earned % _interval));
        if (_balance + gained < _capacity)
        {
            _balance += (long)gained;
            return;
        }

        if (_balance < _capacity)
        {
            _fullSince = now;
        }

        (_balance, _remainder) = (_capacity, 0);
    }
}
