using System.Runtime.ExceptionServices;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>Runs a call on a thread of its own, where the caller's has too little stack left.</summary>
internal static class LargeStack
{
    // Room for the thread's own first frames, for the reserve below the guest, and for host functions.
    private const int Margin = 1 << 20;

    /// <summary>Runs it and waits; what it throws is thrown here.</summary>
    internal static T Run<T>(int bytes, Func<T> call)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = call();
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            bytes + Margin)
        {
            IsBackground = true,
            Name = "Plugins call",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!; // Assigned, since the call did not throw.
    }
}
