using System.Security.Cryptography;
using Plugins.Host.Errors;

namespace Plugins.Host.Recording;

/// <summary>What follows a call that is recorded or replayed.</summary>
internal abstract class CallTape : IDisposable
{
    private readonly IncrementalHash _output = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _outputBytes;
    private bool _budgetRefused;

    /// <summary>The guest wrote output that was within its limit.</summary>
    internal void AddOutput(ReadOnlySpan<byte> bytes)
    {
        _output.AppendData(bytes);
        _outputBytes += bytes.Length;
    }

    /// <summary>The guest read from a stream.</summary>
    internal virtual void AddInput(ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>A memory budget has refused the guest pages, and nobody knows which growth asked for them.</summary>
    internal virtual void RefuseMemory() => _budgetRefused = true;

    /// <summary>A memory budget has refused a growth, by its number since the instance was made.</summary>
    internal abstract void RefuseGrowth(int growth);

    /// <summary>True if there are growths that are refused because they were when the call was recorded.</summary>
    internal virtual bool RefusesGrowths => false;

    /// <summary>True if this growth is one of them.</summary>
    internal virtual bool Refuses(int growth) => false;

    /// <summary>The growths that were refused; null for none.</summary>
    private protected virtual IReadOnlyList<int>? RefusedGrowths => null;

    /// <summary>The call has ended.</summary>
    /// <param name="failure">What its caller gets, or null.</param>
    /// <param name="fuel">What it used.</param>
    internal abstract void End(PluginException? failure, long fuel);

    public void Dispose() => _output.Dispose();

    private protected RecordedEnd Describe(PluginException? failure, long fuel)
    {
        var own = failure is PluginMemoryException or PluginQuotaException { Code: PluginErrorCode.MemoryBudget }
            && failure.InnerException is PluginException cause ? cause : failure;
        return new RecordedEnd
        {
            End = own?.Code ?? PluginErrorCode.None,
            LacksMemory = own != failure,
            BudgetRefused = _budgetRefused,
            RefusedGrowths = RefusedGrowths,
            Trap = own is PluginTrapException trap ? trap.Trap : TrapCode.None,
            ExitCode = own is PluginGuestException guest ? guest.ExitCode : 0,
            Message = failure?.GuestMessage,
            OutputBytes = _outputBytes,
            OutputSha256 = Convert.ToHexStringLower(_output.GetCurrentHash()),
            Fuel = fuel,
        };
    }
}
