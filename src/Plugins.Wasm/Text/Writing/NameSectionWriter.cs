using System.Text;

namespace Plugins.Wasm.Text.Writing;

/// <summary>Writes the identifiers of a text as the name section. WebAssembly 3.0, appendix A.4.</summary>
internal sealed class NameSectionWriter
{
    private readonly SectionWriter[] _subsections =
        [.. Enumerable.Range(0, (int)NameKind.Tag + 1).Select(_ => new SectionWriter())];

    private string? _module;

    public void NameModule(string name) => _module = name;

    /// <summary>Names one of a kind; those of one kind come in the order of their indices.</summary>
    public void Add(NameKind kind, uint index, string name) => AddTo(_subsections[(int)kind], index, name);

    /// <summary>Names what is within another, such as the locals of a function.</summary>
    public void Add(NameKind kind, uint outer, SectionWriter names)
    {
        if (names.Count > 0)
        {
            ByteWriter output = _subsections[(int)kind].Next();
            output.Unsigned(outer);
            names.WriteTo(output);
        }
    }

    /// <summary>Adds an index and a name to a list of them.</summary>
    public static void AddTo(SectionWriter names, uint index, string name)
    {
        ByteWriter output = names.Next();
        output.Unsigned(index);
        output.Vector(Encoding.UTF8.GetBytes(name));
    }

    /// <summary>Writes the section, where there is any name.</summary>
    public void WriteTo(ByteWriter output)
    {
        var body = new ByteWriter();
        body.Vector("name"u8);
        int empty = body.Length;
        var part = new ByteWriter();
        if (_module is not null)
        {
            part.Vector(Encoding.UTF8.GetBytes(_module));
            WritePart(NameKind.Module, part, body);
        }

        for (NameKind kind = NameKind.Function; kind <= NameKind.Tag; kind++)
        {
            if (_subsections[(int)kind].Count > 0)
            {
                part.CutTo(0);
                _subsections[(int)kind].WriteTo(part);
                WritePart(kind, part, body);
            }
        }

        if (body.Length > empty)
        {
            output.Byte(0);
            output.Vector(body.Written);
        }
    }

    private static void WritePart(NameKind kind, ByteWriter part, ByteWriter body)
    {
        body.Byte((byte)kind);
        body.Vector(part.Written);
    }
}
