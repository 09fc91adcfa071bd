using Plugins.Wasm.Types;
using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace Plugins.Wasm.SpecTests.Suite;

/// <summary>The specification's test suite, which lies beside the repository and is not part of it.</summary>
internal static class SpecArchive
{
    private const string Folder = "../shared/testdata/spec";

    private static readonly ConcurrentDictionary<string, Dictionary<string, byte[]>> Archives =
        new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<(SpecSuite, string), SpecScript> Scripts = [];

    public static bool IsPresent(string archive) => File.Exists(LocationOf(archive));

    /// <summary>Every script of WebAssembly 2.0.</summary>
    public static IEnumerable<string> ScriptNames => ScriptsIn(FilesOf(SpecSuite.Version2.Archive));

    /// <summary>The script of that name; the same object every time, so that its commands can be compared.</summary>
    public static SpecScript Read(SpecSuite suite, string name) => Scripts.GetOrAdd(
        (suite, name), static key => SpecScript.Parse(key.Item2, FilesOf(key.Item1.Archive)));

    /// <summary>A file of a suite's archive.</summary>
    public static byte[] Read(string archive, string path) => FilesOf(archive)[path];

    /// <summary>Skips the running test, saying so, where the suite is absent.</summary>
    public static void Require() => Require(SpecSuite.Version2.Archive);

    /// <summary>Skips the running test, saying so, where an archive is absent.</summary>
    public static void Require(string archive)
    {
        if (!File.Exists(LocationOf(archive)))
        {
            Assert.Ignore($"The specification's test suite is not at {Folder}/{archive}.tar.br.");
        }
    }

    /// <summary>Every module that another version's or a proposal's suite calls valid, and where it stands.</summary>
    public static IEnumerable<(string Place, byte[] Module)> ValidModulesOf(string archive)
    {
        Require(archive);
        Dictionary<string, byte[]> files = FilesOf(archive);
        foreach (string script in ScriptsIn(files))
        {
            using JsonDocument document = JsonDocument.Parse(files[$"{script}/{script}.json"]);
            foreach (JsonElement command in document.RootElement.GetProperty("commands").EnumerateArray())
            {
                if (IsValid(command) && files.TryGetValue($"{script}/{NameOf(command)}", out byte[]? module))
                {
                    yield return ($"{script} line {command.GetProperty("line")}", module);
                }
            }
        }
    }

    /// <summary>Every module that a suite gives as text, where it stands, and why it is malformed.</summary>
    public static IEnumerable<(string Place, byte[] Text, string Reason)> TextsOf(string archive)
    {
        Require(archive);
        Dictionary<string, byte[]> files = Unpack(archive);
        foreach (string script in ScriptsIn(files))
        {
            using JsonDocument document = JsonDocument.Parse(files[$"{script}/{script}.json"]);
            foreach (JsonElement command in document.RootElement.GetProperty("commands").EnumerateArray())
            {
                if (NameOf(command) is string name && name.EndsWith(".wat", StringComparison.Ordinal))
                {
                    string place = $"{script} line {command.GetProperty("line")}";
                    yield return (place, files[$"{script}/{name}"], command.GetProperty("text").GetString() ?? "");
                }
            }
        }
    }

    private static bool IsValid(JsonElement command) => command.GetProperty("type").GetString()
        is "module" or "module_definition" or "assert_uninstantiable" or "assert_unlinkable";

    private static string? NameOf(JsonElement command) =>
        command.TryGetProperty("filename", out JsonElement name) ? name.GetString() : null;

    private static string LocationOf(string archive) =>
        Path.GetFullPath(Path.Combine(Repository.Root, Folder, $"{archive}.tar.br"));

    private static IEnumerable<string> ScriptsIn(Dictionary<string, byte[]> files) => files.Keys
        .Where(path => path.EndsWith(".json", StringComparison.Ordinal) && path.Contains('/', StringComparison.Ordinal))
        .Select(path => path[..path.IndexOf('/', StringComparison.Ordinal)])
        .Order(StringComparer.Ordinal);

    private static Dictionary<string, byte[]> FilesOf(string archive) => Archives.GetOrAdd(archive, Unpack);

    private static Dictionary<string, byte[]> Unpack(string archive)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var packed = new BrotliStream(File.OpenRead(LocationOf(archive)), CompressionMode.Decompress);
        using var tar = new TarReader(packed);
        while (tar.GetNextEntry() is TarEntry entry)
        {
            string path = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (entry.EntryType is not TarEntryType.Directory)
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
