using Plugins.Wasm.Binary;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Printing;

/// <summary>Element and data segments, and constants, as text. WebAssembly 3.0, sections 5.5.12 and 5.5.14.</summary>
internal sealed class SegmentPrinter
{
    private readonly ModuleNames _names;
    private readonly TypePrinter _types;
    private readonly IndentedText _output;
    private readonly IndentedText _constant;
    private readonly InstructionPrinter _instructions;

    public SegmentPrinter(
        byte[] module, int maximumBytes, ModuleNames names, TypePrinter types, IndentedText output)
    {
        (_names, _types, _output) = (names, types, output);
        _constant = new IndentedText(maximumBytes) { IsOneLine = true };
        _instructions = new InstructionPrinter(names, new TypePrinter(module, names, _constant), _constant);
    }

    /// <summary>Reads a constant, and gives its instructions on one line.</summary>
    public string ReadConstant(ref ModuleReader reader, out int instructions)
    {
        _constant.Clear();
        instructions = _instructions.Print(ref reader, new NameScope(), new NameScope());
        return _constant.ToString();
    }

    /// <summary>Prints what stands behind the name of an element segment.</summary>
    public void PrintElements(ref ModuleReader reader)
    {
        const uint IsPassive = 1, IsExplicit = 2, HasExpressions = 4, All = 7;
        int offset = reader.Position;
        uint mode = reader.ReadUInt32();
        if (mode > All)
        {
            throw new MalformedModuleException("malformed elements segment kind", offset);
        }

        if ((mode & IsPassive) == 0)
        {
            PrintTarget("table", NameKind.Table, (mode & IsExplicit) != 0, ref reader);
        }
        else if ((mode & IsExplicit) != 0)
        {
            _output.Word("declare");
        }

        bool hasType = (mode & (IsPassive | IsExplicit)) != 0;
        if ((mode & HasExpressions) != 0)
        {
            _output.Word(hasType ? _types.ReadReferenceType(ref reader) : "funcref");
            PrintExpressions(ref reader);
        }
        else
        {
            PrintFunctions(hasType, ref reader);
        }

        _output.Add(")");
    }

    /// <summary>Prints what stands behind the name of a data segment.</summary>
    public void PrintData(ref ModuleReader reader)
    {
        const uint Passive = 1, Explicit = 2;
        int offset = reader.Position;
        uint mode = reader.ReadUInt32();
        if (mode > Explicit)
        {
            throw new MalformedModuleException("malformed data segment kind", offset);
        }

        if (mode != Passive)
        {
            PrintTarget("memory", NameKind.Memory, mode == Explicit, ref reader);
        }

        int length = reader.ReadLength();
        _output.Word(Words.Bytes(reader.ReadBytes(length)) + ")");
    }

    private void PrintTarget(string keyword, NameKind kind, bool isExplicit, ref ModuleReader reader)
    {
        if (isExplicit)
        {
            _output.Word($"({keyword} {_names[kind].Use(reader.ReadUInt32())})");
        }

        PrintConstant("offset ", ref reader);
    }

    private void PrintExpressions(ref ModuleReader reader)
    {
        for (int count = reader.ReadLength(); count > 0; count--)
        {
            PrintConstant("item ", ref reader);
        }
    }

    private void PrintFunctions(bool hasKind, ref ModuleReader reader)
    {
        int offset = reader.Position;
        if (hasKind && reader.ReadByte() != 0)
        {
            throw new MalformedModuleException("malformed element kind", offset);
        }

        _output.Word("func");
        for (int count = reader.ReadLength(); count > 0; count--)
        {
            _output.Word(_names[NameKind.Function].Use(reader.ReadUInt32()));
        }
    }

    // One instruction needs no keyword: it is a folded one.
    private void PrintConstant(string keyword, ref ModuleReader reader)
    {
        string constant = ReadConstant(ref reader, out int instructions);
        _output.Word($"({(instructions == 1 ? "" : keyword)}{constant})");
    }
}
