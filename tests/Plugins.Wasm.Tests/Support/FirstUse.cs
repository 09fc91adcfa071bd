namespace Plugins.Wasm.Tests.Support;

/// <summary>What a process does with the first module it sees, or, for comparison, nothing.</summary>
internal static class FirstUse
{
    public static int Run(string file, string what)
    {
        byte[] wasm = File.ReadAllBytes(file);
        if (what == "describe")
        {
            Module.Describe(wasm);
        }

        return 0;
    }
}
