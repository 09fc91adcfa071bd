using System.Globalization;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Text.Instructions;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Printing;

/// <summary>Types as text. WebAssembly 3.0, sections 5.3 and 6.4.</summary>
internal sealed class TypePrinter(byte[] module, ModuleNames names, IndentedText output)
{
    private const byte FunctionForm = 0x60, StructForm = 0x5F, ArrayForm = 0x5E;
    private const byte RecursiveForm = 0x4E, FinalSubForm = 0x4F, SubForm = 0x50;
    private const byte EmptyBlockType = 0x40;

    // Where the parameters of each function type are read, and -1 for other types.
    private readonly List<int> _signatures = [];

    /// <summary>Prints an entry of the type section.</summary>
    public void PrintDefinition(ref ModuleReader reader)
    {
        output.Line();
        if (reader.PeekByte() != RecursiveForm)
        {
            PrintType(ref reader);
            return;
        }

        reader.ReadByte();
        output.Add("(rec");
        output.Depth++;
        for (int count = reader.ReadLength(); count > 0; count--)
        {
            output.Line();
            PrintType(ref reader);
        }

        output.Depth--;
        output.Line();
        output.Add(")");
    }

    /// <summary>Reads a value type, or a field's, and gives its words.</summary>
    public string ReadValueType(ref ModuleReader reader, bool isField = false)
    {
        int offset = reader.Position;
        byte form = reader.PeekByte();
        string? number = form switch
        {
            0x7F => "i32",
            0x7E => "i64",
            0x7D => "f32",
            0x7C => "f64",
            0x7B => "v128",
            0x78 when isField => "i8",
            0x77 when isField => "i16",
            _ => null,
        };
        if (number is null)
        {
            return Describe(ReadReferenceType(ref reader, "malformed value type"), offset);
        }

        reader.ReadByte();
        return number;
    }

    /// <summary>Reads a reference type, and gives its words.</summary>
    public string ReadReferenceType(ref ModuleReader reader)
    {
        int offset = reader.Position;
        return Describe(ReadReferenceType(ref reader, "malformed reference type"), offset);
    }

    public string ReadHeapType(ref ModuleReader reader)
    {
        int offset = reader.Position;
        return HeapType(reader.ReadInt33(), offset);
    }

    /// <summary>The words of a reference to a heap type that is read.</summary>
    public string ReadReferenceTo(ref ModuleReader reader, bool isNullable)
    {
        int offset = reader.Position;
        return Describe(new ReferenceType(isNullable, reader.ReadInt33()), offset);
    }

    public string ReadGlobalType(ref ModuleReader reader) => Mutable(ReadValueType(ref reader), ref reader);

    public string ReadTableType(ref ModuleReader reader)
    {
        string element = ReadReferenceType(ref reader);
        return $"{ReadLimits(ref reader, isMemory: false)} {element}";
    }

    public static string ReadMemoryType(ref ModuleReader reader) => ReadLimits(ref reader, isMemory: true);

    /// <summary>Prints the use of a function type: its index and what it is.</summary>
    /// <param name="type">The index.</param>
    /// <param name="locals">Names of parameters; null where they have none.</param>
    /// <returns>How many parameters it has.</returns>
    public uint PrintUse(uint type, NameScope? locals)
    {
        output.Word($"(type {names[NameKind.Type].Use(type)})");
        if (type >= (uint)_signatures.Count || _signatures[(int)type] < 0)
        {
            return 0;
        }

        var reader = new ModuleReader(module, _signatures[(int)type]);
        uint parameters = PrintValues("param", locals, first: 0, ref reader);
        PrintValues("result", locals: null, first: 0, ref reader);
        return parameters;
    }

    /// <summary>Prints a block's type.</summary>
    public void PrintBlockType(ref ModuleReader reader)
    {
        const byte FirstNegative = 0x40, FirstLong = 0x80;
        byte first = reader.PeekByte();
        if (first == EmptyBlockType)
        {
            reader.ReadByte();
        }
        else if (first is > FirstNegative and < FirstLong)
        {
            output.Word($"(result {ReadValueType(ref reader)})");
        }
        else
        {
            int offset = reader.Position;
            long type = reader.ReadInt33();
            if (type < 0)
            {
                throw new MalformedModuleException("malformed block type", offset);
            }

            PrintUse((uint)type, locals: null);
        }
    }

    /// <summary>Prints types in parentheses, together or, where they may have names, each in its own.</summary>
    /// <returns>How many there are.</returns>
    public uint PrintValues(string keyword, NameScope? locals, uint first, ref ModuleReader reader)
    {
        uint count = (uint)reader.ReadLength();
        bool isOpen = false;
        for (uint i = 0; i < count; i++)
        {
            string type = ReadValueType(ref reader);
            isOpen = PrintLocal(keyword, locals, first + i, type, isOpen);
        }

        output.Add(isOpen ? ")" : "");
        return count;
    }

    /// <summary>Prints one of several types, in the parentheses of those before it where neither has a name.</summary>
    /// <returns>Whether parentheses are open.</returns>
    public bool PrintLocal(string keyword, NameScope? locals, uint index, string type, bool isOpen)
    {
        if (locals is null || locals.Find(index) == default)
        {
            output.Word(isOpen ? type : $"({keyword} {type}");
            return true;
        }

        output.Add(isOpen ? ")" : "");
        output.Word($"({keyword}");
        locals.DeclareName(index, output);
        output.Word($"{type})");
        return false;
    }

    private void PrintType(ref ModuleReader reader)
    {
        uint index = (uint)_signatures.Count;
        output.Add("(type");
        names[NameKind.Type].Declare(index, output);
        byte form = reader.ReadByte();
        bool isSub = form is SubForm or FinalSubForm;
        if (isSub)
        {
            output.Word(form == FinalSubForm ? "(sub final" : "(sub");
            for (int count = reader.ReadLength(); count > 0; count--)
            {
                output.Word(names[NameKind.Type].Use(reader.ReadUInt32()));
            }

            form = reader.ReadByte();
        }

        PrintComposite(form, index, ref reader);
        output.Add(isSub ? "))" : ")");
    }

    private void PrintComposite(byte form, uint index, ref ModuleReader reader)
    {
        _signatures.Add(form == FunctionForm ? reader.Position : -1);
        switch (form)
        {
            case FunctionForm:
                output.Word("(func");
                PrintValues("param", locals: null, first: 0, ref reader);
                PrintValues("result", locals: null, first: 0, ref reader);
                break;
            case StructForm:
                output.Word("(struct");
                PrintFields(index, ref reader);
                break;
            case ArrayForm:
                output.Word($"(array {ReadFieldType(ref reader)}");
                break;
            default:
                throw new MalformedModuleException("malformed definition type", reader.Position - 1);
        }

        output.Add(")");
    }

    private void PrintFields(uint type, ref ModuleReader reader)
    {
        NameScope fields = names.FieldsOf(type);
        uint count = (uint)reader.ReadLength();
        for (uint i = 0; i < count; i++)
        {
            output.Word("(field");
            fields.DeclareName(i, output);
            output.Word($"{ReadFieldType(ref reader)})");
        }
    }

    private string ReadFieldType(ref ModuleReader reader) =>
        Mutable(ReadValueType(ref reader, isField: true), ref reader);

    private static string Mutable(string type, ref ModuleReader reader)
    {
        int offset = reader.Position;
        return reader.ReadByte() switch
        {
            0 => type,
            1 => $"(mut {type})",
            _ => throw new MalformedModuleException("malformed mutability", offset),
        };
    }

    private static ReferenceType ReadReferenceType(ref ModuleReader reader, string reason)
    {
        int offset = reader.Position;
        byte form = reader.PeekByte();
        if (form is ReferenceType.NullableForm or ReferenceType.NonNullForm)
        {
            reader.ReadByte();
            return new ReferenceType(form == ReferenceType.NullableForm, reader.ReadInt33());
        }

        long heap = reader.ReadInt33();
        return heap < 0 && HeapTypes.NameOf(heap) is not null
            ? new ReferenceType(IsNullable: true, heap)
            : throw new MalformedModuleException(reason, offset);
    }

    private string Describe(ReferenceType type, int offset) =>
        type.IsNullable && type.Heap < 0 && HeapTypes.ReferenceNameOf(type.Heap) is string shorthand
            ? shorthand
            : $"(ref {(type.IsNullable ? "null " : "")}{HeapType(type.Heap, offset)})";

    private string HeapType(long heap, int offset) =>
        heap >= 0 ? names[NameKind.Type].Use((uint)heap)
        : HeapTypes.NameOf(heap) ?? throw new MalformedModuleException("malformed heap type", offset);

    private static string ReadLimits(ref ModuleReader reader, bool isMemory)
    {
        const uint HasMaximum = 1, IsShared = 2, Is64Bit = 4, HasPageSize = 8;
        const uint OfTables = HasMaximum | Is64Bit, OfMemories = OfTables | IsShared | HasPageSize;
        int offset = reader.Position;
        uint flags = reader.ReadUInt32();
        if ((flags & ~(isMemory ? OfMemories : OfTables)) != 0)
        {
            throw new MalformedModuleException("malformed limits flags", offset);
        }

        string words = string.Create(
            CultureInfo.InvariantCulture, $"{((flags & Is64Bit) != 0 ? "i64 " : "")}{reader.ReadUInt64()}");
        if ((flags & HasMaximum) != 0)
        {
            words += string.Create(CultureInfo.InvariantCulture, $" {reader.ReadUInt64()}");
        }

        words += (flags & IsShared) != 0 ? " shared" : "";
        return (flags & HasPageSize) == 0 ? words : words + ReadPageSize(ref reader);
    }

    private static string ReadPageSize(ref ModuleReader reader)
    {
        const uint MaximumLog = 31;
        int offset = reader.Position;
        uint log = reader.ReadUInt32();
        return log <= MaximumLog
            ? string.Create(CultureInfo.InvariantCulture, $" (pagesize {1u << (int)log})")
            : throw new MalformedModuleException("invalid custom page size", offset);
    }
}
