namespace Plugins.Host.Tests.Foreign;

internal sealed class ForeignClock(ForeignScene scene, TimeProvider inner) : TimeProvider
{
    public override long TimestampFrequency => inner.TimestampFrequency;

    public override long GetTimestamp()
    {
        var isWatchdog = Thread.CurrentThread.Name == "Plugins watchdog";
        scene.At(isWatchdog ? ForeignPlaces.ClockWatch : ForeignPlaces.ClockTimestamp);
        return inner.GetTimestamp();
    }

    public override DateTimeOffset GetUtcNow()
    {
        scene.At(ForeignPlaces.ClockNow);
        return inner.GetUtcNow();
    }
}
