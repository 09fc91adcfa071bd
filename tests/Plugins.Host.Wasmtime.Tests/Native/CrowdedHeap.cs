using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Host.Wasmtime.Tests.Native;

/// <summary>Sessions whose objects lie between arrays that hold no zero, each writing output from its memory.</summary>
/// <remarks>
/// Native code that reads past an object of ours finds the padding before the next one. That is zero until the
/// collector moves objects to where others were, so gaps are left in the oldest generation, and sessions moved there.
/// </remarks>
internal static class CrowdedHeap
{
    internal const string Done = "800 sessions answered";

    private const int Sessions = 800;

    internal static int OpenSessions(string library)
    {
        var module = Repository.Read("examples/Pdk-C/shout/plugin.wasm");
        using var engine = new WasmtimeEngine(TestEngines.Options(library));
        using var host = new PluginHost(new PluginHostOptions { AllowUnsigned = true, Engine = engine });
        using var plugin = host.LoadUnsigned(module, Manifests.Of(module, "shout"));
        var arrays = LeaveGaps();
        var sessions = new List<PluginSession>();
        for (var round = 0; round < Sessions; round++)
        {
            sessions.Add(plugin.OpenSession());
            for (var index = 0; index < 20; index++)
            {
                arrays[((round * 20) + index) % arrays.Length] = Filled(500 + (index * 24) + (round * 8));
            }

            if (round % 10 == 9)
            {
                GC.Collect(1);
            }
        }

        GC.Collect(1);
        GC.Collect(1);
        var answers = sessions.Count(session => session.CallText("shout", "a").Value == "A!");
        sessions.ForEach(session => session.Dispose());
        GC.KeepAlive(arrays);
        Console.Out.WriteLine(answers == Sessions ? Done : $"only {answers} of {Sessions} sessions answered");
        return answers == Sessions ? 0 : 1;
    }

    private static byte[][] LeaveGaps()
    {
        var arrays = Enumerable.Range(0, 6_000).Select(index => Filled(1_000 + (index % 1024 * 8))).ToArray();
        GC.Collect();
        GC.Collect();
        for (var index = 0; index < arrays.Length; index += 2)
        {
            arrays[index] = [];
        }

        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: false);
        return arrays;
    }

    private static byte[] Filled(int length)
    {
        var array = new byte[length];
        array.AsSpan().Fill(0xA5);
        return array;
    }
}
