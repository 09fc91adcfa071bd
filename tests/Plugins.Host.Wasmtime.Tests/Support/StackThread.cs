using System.Runtime.ExceptionServices;

namespace Plugins.Host.Wasmtime.Tests.Support;

/// <summary>Runs code on a thread with a stack of a chosen size.</summary>
internal static class StackThread
{
    public static T Run<T>(int stackKiB, Func<T> function)
    {
        T? result = default;
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
        return result!;
    }
}
