using System.Diagnostics;
using System.Globalization;
using Plugins.Benchmarks.Guests;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime;

namespace Plugins.Benchmarks.Comparing;

/// <summary>From a module's bytes to a result, in a process that has used no engine yet.</summary>
internal static class FirstResult
{
    /// <param name="measure">What the line is called.</param>
    /// <param name="name">The engine and its setting.</param>
    /// <param name="module">The module's file, as <see cref="SampleModule"/> makes it.</param>
    /// <param name="output">Takes the line.</param>
    internal static void Raw(string measure, string name, string module, TextWriter output)
    {
        byte[] binary = File.ReadAllBytes(module);
        long start = Stopwatch.GetTimestamp();
        int result = name is "guards" or "fuel"
            ? EmbeddedGuest.FirstResult(binary, meters: name == "fuel")
            : WasmtimeGuest.FirstResult(binary, epochs: name != "wasmtime", meters: name == "wasmtime-fuel");
        Print(measure, start, result, output);
    }

    /// <summary>The same by a host, with a directory for compiled modules or without.</summary>
    internal static void Hosted(string measure, string name, string module, string? cache, TextWriter output)
    {
        byte[] binary = File.ReadAllBytes(module);
        long start = Stopwatch.GetTimestamp();
        using WasmtimeEngine? wasmtime = name is "guards" or "fuel" ? null : new WasmtimeEngine(
            new WasmtimeEngineOptions { LibraryPath = WasmtimeGuest.LibraryPath, CacheDirectory = cache });
        IPluginEngine engine = wasmtime is null ? EmbeddedEngine.Instance : wasmtime;
        using var guest = new GuestPlugin(binary, engine, name is "fuel" or "wasmtime-fuel", "first");
        guest.Session.Call("first", default);
        Print(measure, start, result: 0, output);
    }

    private static void Print(string measure, long start, int result, TextWriter output)
    {
        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{measure} {nanoseconds:F0} {result}"));
    }
}
