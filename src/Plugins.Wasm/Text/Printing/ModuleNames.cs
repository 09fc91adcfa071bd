using System.Text;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Printing;

/// <summary>All that a name section says. What is broken in it ends it, and is no error.</summary>
/// <remarks>WebAssembly 3.0, appendix A.4.</remarks>
internal sealed class ModuleNames
{
    private readonly NameScope[] _scopes =
        [.. Enumerable.Range(0, (int)NameKind.Tag + 1).Select(_ => new NameScope())];

    // Where the names within each function or type begin.
    private readonly Dictionary<(NameKind Kind, uint Outer), (int Start, int End)> _inner = [];
    private readonly Dictionary<uint, NameScope> _fields = [];
    private readonly byte[] _module;

    private ModuleNames(byte[] module) => _module = module;

    public string? Module { get; private set; }

    public NameScope this[NameKind kind] => _scopes[(int)kind];

    /// <summary>Reads the contents of a name section; an empty one has no names.</summary>
    public static ModuleNames Read(byte[] module, int start, int end)
    {
        var names = new ModuleNames(module);
        var reader = new ModuleReader(module.AsSpan(0, end), start);
        try
        {
            while (!reader.IsAtEnd)
            {
                byte kind = reader.ReadByte();
                int length = reader.ReadLength();
                ModuleReader part = reader.Within(length);
                reader.Skip(length);
                names.ReadPart(kind, ref part);
            }
        }
        catch (MalformedModuleException)
        {
            // What was read so far is as good as it gets.
        }

        return names;
    }

    /// <summary>The names of a structure type's fields.</summary>
    public NameScope FieldsOf(uint type)
    {
        if (!_fields.TryGetValue(type, out NameScope? fields))
        {
            fields = Within(NameKind.Field, type);
            _fields.Add(type, fields);
        }

        return fields;
    }

    /// <summary>The names within a function or a type.</summary>
    public NameScope Within(NameKind kind, uint outer)
    {
        var scope = new NameScope();
        if (_inner.TryGetValue((kind, outer), out (int Start, int End) place))
        {
            var reader = new ModuleReader(_module.AsSpan(0, place.End), place.Start);
            ReadNames(ref reader, scope);
        }

        return scope;
    }

    private void ReadPart(byte kind, ref ModuleReader reader)
    {
        switch ((NameKind)kind)
        {
            case NameKind.Module:
                Module = ReadName(ref reader);
                break;
            case NameKind.Local or NameKind.Label or NameKind.Field:
                for (int count = reader.ReadLength(); count > 0; count--)
                {
                    uint outer = reader.ReadUInt32();
                    int start = reader.Position;
                    ReadNames(ref reader, scope: null);
                    _inner.TryAdd(((NameKind)kind, outer), (start, reader.Position));
                }

                break;
            case <= NameKind.Tag:
                ReadNames(ref reader, _scopes[kind]);
                break;
        }
    }

    private static void ReadNames(ref ModuleReader reader, NameScope? scope)
    {
        for (int count = reader.ReadLength(); count > 0; count--)
        {
            uint index = reader.ReadUInt32();
            string name = ReadName(ref reader);
            scope?.Add(index, name);
        }
    }

    private static string ReadName(ref ModuleReader reader)
    {
        int offset = reader.Position;
        try
        {
            return ModuleReader.StrictUtf8.GetString(reader.ReadBytes(reader.ReadLength()));
        }
        catch (DecoderFallbackException)
        {
            throw new MalformedModuleException("malformed UTF-8 encoding", offset);
        }
    }
}
