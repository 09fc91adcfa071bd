using System.Runtime.ExceptionServices;

namespace Plugins.Host.EngineTests.Support;

/// <summary>Runs code on threads of their own, and throws what one of them threw.</summary>
internal static class ThreadSet
{
    private const int DefaultStack = 0;

    internal static void Run(int count, Action<int> body, int stackBytes = DefaultStack)
    {
        var failures = new ExceptionDispatchInfo?[count];
        var threads = Enumerable.Range(0, count)
            .Select(number => new Thread(() => failures[number] = Catch(() => body(number)), stackBytes))
            .ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        failures.FirstOrDefault(failure => failure is not null)?.Throw();
    }

    private static ExceptionDispatchInfo? Catch(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception)
        {
            return ExceptionDispatchInfo.Capture(exception);
        }
    }
}
