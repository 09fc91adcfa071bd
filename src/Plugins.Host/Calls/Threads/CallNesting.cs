namespace Plugins.Host.Calls.Threads;

/// <summary>Counts calls within calls: of plugins by the application's code that a call of a plugin runs.</summary>
/// <remarks>
/// The count goes wherever the execution context goes: along with tasks, to other threads, to other plugins and hosts.
/// It is set only while such code runs, so that calls without it allocate nothing.
/// </remarks>
internal struct CallNesting
{
    private static readonly AsyncLocal<object?> Ambient = new();

    // Boxed once, as an execution context holds objects.
    private static readonly object[] Depths = [.. Enumerable.Range(0, Deepest + 1).Select(depth => (object)depth)];

    private ExecutionContext? _outside;
    private ExecutionContext? _inside;

    /// <summary>The largest depth that can be counted.</summary>
    internal const int Deepest = 64;

    /// <summary>How many calls the running code is within.</summary>
    internal static int Current => Ambient.Value is int depth ? depth : 0;

    /// <summary>Code of the application begins to run in a call that is itself within as many.</summary>
    internal void Enter(int depth)
    {
        var context = ExecutionContext.Capture();
        if (context is not null && ReferenceEquals(context, _outside) && _inside is not null)
        {
            ExecutionContext.Restore(_inside);
            return;
        }

        Ambient.Value = Depths[Math.Min(depth + 1, Deepest)];
        _inside = ExecutionContext.Capture();
        _outside = context;
    }

    /// <summary>On the same thread: it has returned, and what it left in the execution context goes.</summary>
    internal readonly void Exit(int depth)
    {
        if (_outside is not null)
        {
            ExecutionContext.Restore(_outside);
        }
        else
        {
            // Its flow is suppressed on this thread.
            Ambient.Value = depth == 0 ? null : Depths[Math.Min(depth, Deepest)];
        }
    }

    /// <summary>Lets go of the contexts, which may hold anything of the application's.</summary>
    internal void Clear() => (_outside, _inside) = (null, null);
}
