using System.Buffers.Text;
using System.Text;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Binary.Sections;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Debugging;

/// <summary>Finds those parts of a module that tell about its source.</summary>
internal sealed class DebugSections
{
    private const string UrlSection = "sourceMappingURL";
    private const int MaximumUrl = 2_000;

    private readonly ReadOnlyMemory<byte> _module;
    private readonly Lazy<Dictionary<string, Range>> _custom;
    private Range _code;

    public DebugSections(ReadOnlyMemory<byte> module)
    {
        _module = module;
        _custom = new Lazy<Dictionary<string, Range>>(ReadSections);
    }

    /// <summary>Where the code section's contents begin; DWARF counts addresses from there.</summary>
    public int CodeStart => Code.Start.Value;

    public string? SourceMapUrl
    {
        get
        {
            ReadOnlySpan<byte> url = Url.Span;
            return url.Length is > 0 and <= MaximumUrl ? Encoding.UTF8.GetString(url) : null;
        }
    }

    /// <summary>The source map that the module's URL holds; empty where it holds none.</summary>
    public ReadOnlyMemory<byte> EmbeddedMap
    {
        get
        {
            ReadOnlySpan<byte> url = Url.Span;
            int comma = url.IndexOf((byte)',');
            if (comma < 0 || !url.StartsWith("data:"u8) || !url[..comma].EndsWith(";base64"u8))
            {
                return default;
            }

            ReadOnlySpan<byte> text = url[(comma + 1)..];
            byte[] map = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
            Base64.DecodeFromUtf8(text, map, out _, out int length);
            return map.AsMemory(0, length);
        }
    }

    private Range Code => _custom.Value is null ? default : _code;

    private ReadOnlyMemory<byte> Url
    {
        get
        {
            ReadOnlyMemory<byte> section = Get(UrlSection);
            try
            {
                ModuleReader reader = new(section.Span);
                int length = reader.IsAtEnd ? 0 : reader.ReadLength();
                return section.Slice(reader.Position, length);
            }
            catch (MalformedModuleException)
            {
                return default;
            }
        }
    }

    /// <summary>The contents of the first custom section of that name; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Get(string name) =>
        _custom.Value.TryGetValue(name, out Range content) ? _module[content] : default;

    /// <summary>The body of the function that an offset lies in; zeros where it lies in none.</summary>
    public (int Start, int End) FunctionAt(int offset)
    {
        (int start, int end) = (Code.Start.Value, Code.End.Value);
        if (offset < start || offset >= end)
        {
            return default;
        }

        try
        {
            ModuleReader reader = new(_module.Span[..end], start);
            for (uint count = reader.ReadUInt32(); count > 0 && reader.Position <= offset; count--)
            {
                int length = reader.ReadLength();
                int body = reader.Position;
                reader.Skip(length);
                if (offset < reader.Position)
                {
                    return offset < body ? default : (body, reader.Position);
                }
            }
        }
        catch (MalformedModuleException)
        {
            // What lies behind a broken length is no function.
        }

        return default;
    }

    private Dictionary<string, Range> ReadSections()
    {
        Dictionary<string, Range> custom = new(StringComparer.Ordinal);
        ReadOnlySpan<byte> module = _module.Span;
        foreach (ModuleSection section in SectionList.Read(module, ModuleLimits.Default))
        {
            int end = section.Offset + section.Length;
            ModuleReader reader = new(module[..end], section.Offset + 1);
            reader.ReadLength();
            if (section.Id == SectionId.Code)
            {
                _code = reader.Position..end;
            }
            else if (section.Name is not null)
            {
                reader.Skip(reader.ReadLength());
                custom.TryAdd(section.Name, reader.Position..end);
            }
        }

        return custom;
    }
}
