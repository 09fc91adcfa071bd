using System.Collections.Immutable;
using Plugins.Manifest.Text;

namespace Plugins.Host.Errors;

/// <summary>The guest did something that WebAssembly or the ABI forbids, and was stopped.</summary>
/// <remarks>
/// Immutable. The engine's exception, where there is one, is the inner exception. What the guest wrote before it
/// trapped, as panics do, is <see cref="PluginException.GuestMessage"/>, and the message quotes it.
/// </remarks>
public sealed class PluginTrapException : PluginException
{
    private const int MaximumQuotedLength = 1024;

    internal PluginTrapException(
        in FailureSite site,
        TrapCode trap,
        string reason,
        int? offset,
        ImmutableArray<GuestFrame> backtrace,
        Exception inner)
        : base(PluginErrorCode.Trap, site, Compose(reason, backtrace, site.GuestMessage), inner)
    {
        Trap = trap;
        Offset = offset;
        Backtrace = backtrace;
    }

    internal PluginTrapException(in FailureSite site, string import, uint address, uint length, int alignment = 1)
        : base(
            PluginErrorCode.Trap,
            site,
            $"the guest passed {length} bytes at address {address} to {import}, which do not lie in its memory"
                + (address % alignment == 0 ? string.Empty : $" at a multiple of {alignment}")
                + Quote(site.GuestMessage))
    {
        Trap = TrapCode.HostRangeOutOfBounds;
        RangeAddress = address;
        RangeLength = length;
        Backtrace = [];
    }

    /// <summary>The rule that stopped it.</summary>
    public TrapCode Trap { get; }

    /// <summary>Offset of the trap in the module, in bytes, if known.</summary>
    public int? Offset { get; }

    /// <summary>The guest functions that were running, innermost first; bounded, and empty where not known.</summary>
    public ImmutableArray<GuestFrame> Backtrace { get; }

    /// <summary>The start of the range, for <see cref="TrapCode.HostRangeOutOfBounds"/>.</summary>
    public uint? RangeAddress { get; }

    /// <summary>The length of the range, for <see cref="TrapCode.HostRangeOutOfBounds"/>.</summary>
    public uint? RangeLength { get; }

    private static string Compose(string reason, ImmutableArray<GuestFrame> backtrace, string? guestMessage)
    {
        var place = backtrace.IsDefaultOrEmpty ? string.Empty : $" in {backtrace[0]}";
        return $"the guest trapped{place}: {reason.TrimEnd('.')}{Quote(guestMessage)}";
    }

    /// <summary>The end of the sentence, and what the guest said.</summary>
    private static string Quote(string? guestMessage) =>
        guestMessage is null ? "." : $". It said: {VisibleText.Escape(guestMessage, MaximumQuotedLength)}";
}
