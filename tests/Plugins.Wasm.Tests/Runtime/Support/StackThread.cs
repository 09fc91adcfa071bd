using System.Runtime.ExceptionServices;

namespace Plugins.Wasm.Tests.Runtime.Support;

/// <summary>Runs code on a thread with a stack of a chosen size: a pool thread's can be small.</summary>
internal static class StackThread
{
    public const int Tiny = 128;
    public const int Small = 256;
    public const int Main = 8 * 1024;
    public const int Huge = 256 * 1024;

    public static T Run<T>(int stackKiB, Func<T> function)
    {
        T result = default!; // assigned unless the thread ends with an exception, which is thrown below
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = function();
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            stackKiB * 1024);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    public static TrapKind? TrapOf(int stackKiB, Action action) => Run(stackKiB, () => Guest.TrapOf(action));
}
