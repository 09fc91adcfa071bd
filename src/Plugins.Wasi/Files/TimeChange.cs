namespace Plugins.Wasi.Files;

/// <summary>What becomes of one of a file's times; the default keeps it.</summary>
internal readonly record struct TimeChange
{
    private TimeChange(bool isNow, bool isSet, ulong nanoseconds)
    {
        IsNow = isNow;
        IsSet = isSet;
        Nanoseconds = nanoseconds;
    }

    internal static TimeChange Now { get; } = new(isNow: true, isSet: false, 0);

    internal bool IsNow { get; }

    internal bool IsSet { get; }

    /// <summary>Since 1970.</summary>
    internal ulong Nanoseconds { get; }

    internal static TimeChange To(ulong nanoseconds) => new(isNow: false, isSet: true, nanoseconds);

    internal ulong Apply(ulong present, ulong now) => IsNow ? now : IsSet ? Nanoseconds : present;
}
