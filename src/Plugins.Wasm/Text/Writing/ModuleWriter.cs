namespace Plugins.Wasm.Text.Writing;

/// <summary>Puts a module together. WebAssembly 3.0, section 5.5.</summary>
internal sealed class ModuleWriter
{
    private readonly SectionWriter[] _sections =
        [.. Enumerable.Range(0, SectionPlace.Count).Select(_ => new SectionWriter())];

    // Before the first place, before and after each in turn, and after the last.
    private readonly ByteWriter[] _custom =
        [.. Enumerable.Range(0, (2 * SectionPlace.Count) + 2).Select(_ => new ByteWriter())];

    public SectionWriter Types => Section("type"u8);

    public SectionWriter Imports => Section("import"u8);

    public SectionWriter Functions => Section("func"u8);

    public SectionWriter Tables => Section("table"u8);

    public SectionWriter Memories => Section("memory"u8);

    public SectionWriter Tags => Section("tag"u8);

    public SectionWriter Globals => Section("global"u8);

    public SectionWriter Exports => Section("export"u8);

    public SectionWriter Elements => Section("elem"u8);

    public SectionWriter Code => Section("code"u8);

    public SectionWriter Data => Section("data"u8);

    public NameSectionWriter Names { get; } = new();

    public uint? Start { get; set; }

    /// <summary>Whether the code refers to data segments, whose number must then be known before it.</summary>
    public bool NeedsDataCount { get; set; }

    /// <summary>Where custom sections before all others go.</summary>
    public static int BeforeFirst => 0;

    /// <summary>Where custom sections behind all others go.</summary>
    public static int AfterLast => (2 * SectionPlace.Count) + 1;

    /// <summary>Where custom sections before a place go.</summary>
    public static int Before(int place) => (2 * place) + 1;

    /// <summary>Where custom sections behind a place go.</summary>
    public static int After(int place) => (2 * place) + 2;

    /// <summary>Adds a custom section behind those that are at the same place.</summary>
    public void AddCustom(int at, ReadOnlySpan<byte> name, ReadOnlySpan<byte> contents)
    {
        var body = new ByteWriter();
        body.Vector(name);
        body.Bytes(contents);
        _custom[at].Byte(0);
        _custom[at].Vector(body.Written);
    }

    /// <summary>The whole module.</summary>
    public byte[] ToModule()
    {
        var output = new ByteWriter();
        output.Bytes("\0asm"u8);
        output.Fixed32(1);
        output.Bytes(_custom[BeforeFirst].Written);
        for (int place = 0; place < SectionPlace.Count; place++)
        {
            output.Bytes(_custom[Before(place)].Written);
            WriteSection(place, output);
            output.Bytes(_custom[After(place)].Written);
        }

        output.Bytes(_custom[AfterLast].Written);
        Names.WriteTo(output);
        return output.Written.ToArray();
    }

    private SectionWriter Section(ReadOnlySpan<byte> name) => _sections[SectionPlace.Find(name)];

    private void WriteSection(int place, ByteWriter output)
    {
        var body = new ByteWriter();
        switch (SectionPlace.NameOf(place))
        {
            case "start" when Start is uint start:
                body.Unsigned(start);
                break;
            case "datacount" when NeedsDataCount:
                body.Index(Data.Count);
                break;
            default:
                if (_sections[place].Count == 0)
                {
                    return;
                }

                _sections[place].WriteTo(body);
                break;
        }

        output.Byte(SectionPlace.IdOf(place));
        output.Vector(body.Written);
    }
}
