namespace Plugins.Wasi;

/// <summary>The guest that calls a function of WASI: its memory, and what its call may take.</summary>
/// <remarks>For the thread of the call. What a member throws ends the guest and reaches its caller.</remarks>
public interface IWasiGuest
{
    /// <summary>Cancelled when the call is over time or was cancelled.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>Gets a range of the guest's memory; false if any part of it lies outside.</summary>
    /// <param name="address">The first byte's.</param>
    /// <param name="length">In bytes; may be 0.</param>
    /// <param name="memory">Valid until guest code runs again.</param>
    bool TryGetMemory(uint address, uint length, out Span<byte> memory);

    /// <summary>Takes fuel for what the host does.</summary>
    /// <param name="amount">As much as guest code of the same cost takes.</param>
    void ConsumeFuel(long amount);

    /// <summary>Waits until a task has completed in whichever way, or the call is stopped.</summary>
    /// <param name="task">The task; its failure is not thrown.</param>
    /// <exception cref="OperationCanceledException">The call was stopped; the task goes on alone.</exception>
    void Wait(Task task);
}
