using System.Text;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Debugging;

/// <summary>Reads the custom sections in which toolchains tell of themselves; nothing depends on them.</summary>
/// <remarks>
/// A broken section gives what stands before the break, never an error, and no more than
/// <see cref="MaximumEntries"/>.
/// WebAssembly tool conventions, "Producers Section" and "Target Features Section".
/// </remarks>
internal static class ToolSections
{
    /// <summary>The most entries that are read; toolchains write a dozen.</summary>
    internal const int MaximumEntries = 100;

    public static List<ModuleProducer> ReadProducers(ReadOnlySpan<byte> section)
    {
        List<ModuleProducer> producers = [];
        try
        {
            ModuleReader reader = new(section);
            for (int fields = reader.ReadLength(); fields > 0; fields--)
            {
                string field = ReadName(ref reader);
                for (int values = reader.ReadLength(); values > 0 && producers.Count < MaximumEntries; values--)
                {
                    producers.Add(new ModuleProducer(field, ReadName(ref reader), ReadName(ref reader)));
                }
            }
        }
        catch (MalformedModuleException)
        {
            // What was read so far is as good as it gets.
        }

        return producers;
    }

    public static List<string> ReadTargetFeatures(ReadOnlySpan<byte> section)
    {
        List<string> features = [];
        try
        {
            ModuleReader reader = new(section);
            for (int count = reader.ReadLength(); count > 0 && features.Count < MaximumEntries; count--)
            {
                features.Add($"{(char)reader.ReadByte()}{ReadName(ref reader)}");
            }
        }
        catch (MalformedModuleException)
        {
            // What was read so far is as good as it gets.
        }

        return features;
    }

    private static string ReadName(ref ModuleReader reader)
    {
        ReadOnlySpan<byte> name = reader.ReadBytes(reader.ReadLength());
        return Encoding.UTF8.GetString(name[..ForeignText.LengthOfName(name)]);
    }
}
