namespace Plugins.Benchmarks.Guests;

/// <summary>The modules built from <c>bench/guests</c> and <c>examples</c>, which this assembly carries.</summary>
internal static class GuestFile
{
    /// <summary>One page, a data segment and a table of four functions; imports no ABI.</summary>
    public static byte[] Engine => Read("engine.wasm");

    /// <summary>One page, guest ABI.</summary>
    public static byte[] Small => Read("small.wasm");

    /// <summary>A buffer of 1 MiB in 17 pages, guest ABI.</summary>
    public static byte[] Large => Read("large.wasm");

    /// <summary>Binary trees of garbage-collected structures, as text.</summary>
    public static byte[] Trees => Read("trees.wat");

    /// <summary>An example plugin of a guest SDK.</summary>
    public static byte[] Example(string language, string name) => Read($"{language}/{name}/");

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(GuestFile).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("bench/guests/build.sh or eng/build-guests.sh builds it.", name);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
