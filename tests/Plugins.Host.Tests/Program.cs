using System.Globalization;
using Plugins.Host.Tests.Catalog;

namespace Plugins.Host.Tests;

/// <summary>What scripts in <c>eng</c> start as a process of its own.</summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments) => arguments switch
    {
        ["reload-soak", var reloads] => ReloadLoad.RunAsync(int.Parse(reloads, CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException("reload-soak RELOADS", nameof(arguments)),
    };
}
