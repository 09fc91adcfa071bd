namespace Plugins.Wasm.Runtime;

/// <summary>Threads with a stack of a chosen size, where the system has the address space for one.</summary>
internal static class DeepThread
{
    /// <summary>Starts a thread that does not keep the process alive.</summary>
    /// <returns>Null if there is no memory for it: what it was for is done later, elsewhere or not at all.</returns>
    public static Thread? TryStart(
        ThreadStart work, int stackBytes, string name, ThreadPriority priority = ThreadPriority.Normal)
    {
        var thread = new Thread(work, stackBytes) { IsBackground = true, Name = name, Priority = priority };
        try
        {
            thread.UnsafeStart();
            return thread;
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }
}
