using Plugins.Wasm.Types;
using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;

namespace Plugins.Wasm.SpecTests.Suite;

/// <summary>The specification's test suite, which lies beside the repository and is not part of it.</summary>
internal static class SpecArchive
{
    private const string RelativePath = "../shared/testdata/spec/spec-v2.tar.br";

    private static readonly Lazy<Dictionary<string, byte[]>> LazyFiles = new(Unpack);

    private static readonly ConcurrentDictionary<string, SpecScript> Scripts = new(StringComparer.Ordinal);

    private static string Location => Path.GetFullPath(Path.Combine(Repository.Root, RelativePath));

    public static bool IsPresent => File.Exists(Location);

    /// <summary>Every script outside the SIMD proposal, which the engine does not offer.</summary>
    public static IEnumerable<string> ScriptNames => LazyFiles.Value.Keys
        .Where(path => path.EndsWith(".json", StringComparison.Ordinal) && path.Contains('/', StringComparison.Ordinal))
        .Select(path => path[..path.IndexOf('/', StringComparison.Ordinal)])
        .Order(StringComparer.Ordinal);

    /// <summary>The script of that name; the same object every time, so that its commands can be compared.</summary>
    public static SpecScript Read(string name) =>
        Scripts.GetOrAdd(name, static name => SpecScript.Parse(name, LazyFiles.Value));

    /// <summary>Skips the running test, saying so, where the suite is absent.</summary>
    public static void Require()
    {
        if (!IsPresent)
        {
            Assert.Ignore($"The specification's test suite is not at {RelativePath}.");
        }
    }

    private static Dictionary<string, byte[]> Unpack()
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var packed = new BrotliStream(File.OpenRead(Location), CompressionMode.Decompress);
        using var tar = new TarReader(packed);
        while (tar.GetNextEntry() is TarEntry entry)
        {
            string path = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (entry.EntryType is not TarEntryType.Directory && !path.StartsWith("simd_", StringComparison.Ordinal))
            {
                // An empty file has no stream.
                using var bytes = new MemoryStream();
                entry.DataStream?.CopyTo(bytes);
                files.Add(path, bytes.ToArray());
            }
        }

        return files;
    }
}
