using Plugins.Host.Wasmtime.Tests.Native;

namespace Plugins.Host.Wasmtime.Tests;

/// <summary>What tests start as a process of its own, since a fault would end theirs.</summary>
internal static class Program
{
    public static int Main(string[] arguments) => arguments switch
    {
        ["crowded-heap", var library] => CrowdedHeap.OpenSessions(library),
        _ => throw new ArgumentException("crowded-heap LIBRARY", nameof(arguments)),
    };
}
