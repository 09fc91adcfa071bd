namespace Plugins.Host.Tests.Support;

/// <summary>Tells what code allocates that is to allocate nothing.</summary>
internal static class Allocation
{
    private const int Batches = 10;

    /// <summary>The fewest bytes that this thread allocated in one of several runs, after a first one.</summary>
    /// <remarks>
    /// What allocates at each call does so in every run. What comes once does not count: the runtime's when it compiles
    /// something again or collects garbage in the middle, the engine's when it finds something hot.
    /// </remarks>
    internal static long LeastOf(Action run)
    {
        run();
        return Enumerable.Range(0, Batches).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            run();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }
}
