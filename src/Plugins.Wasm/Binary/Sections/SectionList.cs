using System.Collections.Immutable;
using System.Text;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary.Sections;

/// <summary>Lists the sections of bytes that need not be a module.</summary>
/// <remarks>WebAssembly 2.0, sections 5.5.2 and 5.5.3.</remarks>
internal static class SectionList
{
    // Custom sections have a limit of their own; each of the others stands once.
    private const int KindsOfSections = (int)SectionId.Tag;

    /// <summary>Reads until a section breaks off, or there are too many; none where the bytes are no module.</summary>
    public static ImmutableArray<ModuleSection> Read(ReadOnlySpan<byte> binary, ModuleLimits limits)
    {
        limits.ThrowIfOutOfRange();
        if (!binary.StartsWith(ModuleDecoder.Header) || binary.Length > limits.ModuleBytes)
        {
            return [];
        }

        ImmutableArray<ModuleSection>.Builder sections = ImmutableArray.CreateBuilder<ModuleSection>();
        ModuleReader reader = new(binary, ModuleDecoder.Header.Length);
        try
        {
            while (!reader.IsAtEnd && sections.Count < limits.CustomSections + KindsOfSections)
            {
                sections.Add(ReadSection(ref reader));
            }
        }
        catch (MalformedModuleException)
        {
            // What the rest is, nobody can tell.
        }

        return sections.ToImmutable();
    }

    private static ModuleSection ReadSection(ref ModuleReader reader)
    {
        int offset = reader.Position;
        SectionId id = (SectionId)reader.ReadByte();
        int length = reader.ReadLength();
        ModuleReader content = reader.Within(length);
        reader.Skip(length);
        string? name = id == SectionId.Custom ? ReadName(content) : null;
        return new ModuleSection(id, name, offset, reader.Position - offset);
    }

    private static string ReadName(ModuleReader content)
    {
        ReadOnlySpan<byte> name = content.ReadBytes(content.ReadLength());
        return Encoding.UTF8.GetString(name[..ForeignText.LengthOfName(name)]);
    }
}
