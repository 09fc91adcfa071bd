using System.Globalization;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Text.Writing;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Text.Printing;

/// <summary>Makes a text of a module in the binary format, which need not be valid.</summary>
/// <remarks>
/// Read back, the text gives the same module but for encodings that are longer than they have to be, and a number of
/// data segments that no code needs. WebAssembly 3.0, chapters 5 and 6.
/// </remarks>
internal sealed class ModulePrinter
{
    private const string NameSection = "name";

    private readonly byte[] _module;
    private readonly CancellationToken _cancellationToken;
    private readonly IndentedText _output;
    private readonly List<uint> _functionTypes = [];
    private readonly uint[] _declared = new uint[(int)NameKind.Tag + 1];
    private readonly ModuleNames _names;
    private readonly TypePrinter _types;
    private readonly InstructionPrinter _instructions;
    private readonly SegmentPrinter _segments;
    private uint _importedFunctions;
    private int _bodies;

    private ModulePrinter(byte[] module, int maximumBytes, CancellationToken cancellationToken)
    {
        _module = module;
        _cancellationToken = cancellationToken;
        _output = new IndentedText(maximumBytes);
        _names = FindNames(module);
        _types = new TypePrinter(module, _names, _output);
        _instructions = new InstructionPrinter(_names, _types, _output);
        _segments = new SegmentPrinter(module, maximumBytes, _names, _types, _output);
    }

    /// <exception cref="MalformedModuleException">The bytes are not a module.</exception>
    /// <exception cref="ModuleLimitException">The text would be too long.</exception>
    public static string Print(byte[] module, int maximumBytes, CancellationToken cancellationToken)
    {
        ModuleDecoder.CheckHeader(module);
        var printer = new ModulePrinter(module, maximumBytes, cancellationToken);
        printer.PrintModule();
        return printer._output.ToString();
    }

    private static ModuleNames FindNames(byte[] module)
    {
        var reader = new ModuleReader(module, ModuleDecoder.Header.Length);
        while (!reader.IsAtEnd)
        {
            byte id = reader.ReadByte();
            int length = reader.ReadLength();
            int end = reader.Position + length;
            if (id == (byte)SectionId.Custom && reader.ReadName(module.Length) == NameSection)
            {
                return ModuleNames.Read(module, reader.Position, end);
            }

            reader.MoveTo(end);
        }

        return ModuleNames.Read(module, module.Length, module.Length);
    }

    private void PrintModule()
    {
        _output.Add("(module");
        if (_names.Module is string name)
        {
            var scope = new NameScope();
            scope.Add(0, name);
            scope.DeclareName(0, _output);
        }

        _output.Depth++;
        int lastPlace = -1;
        bool hasNames = false;
        var reader = new ModuleReader(_module, ModuleDecoder.Header.Length);
        while (!reader.IsAtEnd)
        {
            int offset = reader.Position;
            byte id = reader.ReadByte();
            int length = reader.ReadLength();
            ModuleReader section = reader.Within(length);
            reader.Skip(length);
            if (id == (byte)SectionId.Custom)
            {
                PrintCustom(lastPlace, ref hasNames, ref section);
                continue;
            }

            int place = SectionPlace.Of(id);
            Require(place >= 0, "malformed section id", offset);
            Require(place > lastPlace, "unexpected content after last section", offset);
            lastPlace = place;
            PrintSection((SectionId)id, ref section);
            Require(section.IsAtEnd, "section size mismatch", offset);
        }

        Require(
            _bodies == _functionTypes.Count - (int)_importedFunctions,
            "function and code section have inconsistent lengths",
            _module.Length);
        _output.Depth--;
        _output.Line();
        _output.Add(")\n");
    }

    private void PrintSection(SectionId id, ref ModuleReader reader)
    {
        switch (id)
        {
            case SectionId.Start:
                _output.Line();
                _output.Add($"(start {_names[NameKind.Function].Use(reader.ReadUInt32())})");
                return;
            case SectionId.DataCount:
                reader.ReadUInt32();
                return;
        }

        for (int count = reader.ReadLength(); count > 0; count--)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            PrintEntry(id, ref reader);
        }
    }

    private void PrintEntry(SectionId id, ref ModuleReader reader)
    {
        switch (id)
        {
            case SectionId.Type:
                _types.PrintDefinition(ref reader);
                break;
            case SectionId.Import:
                PrintImport(ref reader);
                break;
            case SectionId.Function:
                _functionTypes.Add(reader.ReadUInt32());
                break;
            case SectionId.Table:
                PrintTable(ref reader);
                break;
            case SectionId.Memory:
                Declare("memory", NameKind.Memory);
                _output.Word(TypePrinter.ReadMemoryType(ref reader) + ")");
                break;
            case SectionId.Tag:
                Declare("tag", NameKind.Tag);
                PrintTagType(ref reader);
                _output.Add(")");
                break;
            case SectionId.Global:
                Declare("global", NameKind.Global);
                _output.Word(_types.ReadGlobalType(ref reader));
                _output.Word(_segments.ReadConstant(ref reader, out _) + ")");
                break;
            case SectionId.Export:
                PrintExport(ref reader);
                break;
            case SectionId.Element:
                Declare("elem", NameKind.Element);
                _segments.PrintElements(ref reader);
                break;
            case SectionId.Code:
                PrintFunction(ref reader);
                break;
            default:
                Declare("data", NameKind.Data);
                _segments.PrintData(ref reader);
                break;
        }
    }

    private void PrintImport(ref ModuleReader reader)
    {
        _output.Line();
        _output.Add($"(import {ReadName(ref reader)} {ReadName(ref reader)} ");
        int offset = reader.Position;
        (string keyword, NameKind kind) = ReadExternalKind(ref reader, offset);
        _output.Add($"({keyword}");
        _names[kind].Declare(_declared[(int)kind]++, _output);
        switch (kind)
        {
            case NameKind.Function:
                uint type = reader.ReadUInt32();
                _functionTypes.Add(type);
                _importedFunctions++;
                _types.PrintUse(type, locals: null);
                break;
            case NameKind.Table:
                _output.Word(_types.ReadTableType(ref reader));
                break;
            case NameKind.Memory:
                _output.Word(TypePrinter.ReadMemoryType(ref reader));
                break;
            case NameKind.Global:
                _output.Word(_types.ReadGlobalType(ref reader));
                break;
            default:
                PrintTagType(ref reader);
                break;
        }

        _output.Add("))");
    }

    private void PrintExport(ref ModuleReader reader)
    {
        _output.Line();
        _output.Add($"(export {ReadName(ref reader)} ");
        (string keyword, NameKind kind) = ReadExternalKind(ref reader, reader.Position);
        _output.Add($"({keyword} {_names[kind].Use(reader.ReadUInt32())}))");
    }

    private void PrintTable(ref ModuleReader reader)
    {
        const byte WithInitializer = 0x40;
        Declare("table", NameKind.Table);
        bool hasInitializer = reader.PeekByte() == WithInitializer;
        if (hasInitializer)
        {
            reader.ReadByte();
            int offset = reader.Position;
            Require(reader.ReadByte() == 0, "zero byte expected", offset);
        }

        _output.Word(_types.ReadTableType(ref reader));
        if (hasInitializer)
        {
            _output.Word(_segments.ReadConstant(ref reader, out _));
        }

        _output.Add(")");
    }

    private void PrintTagType(ref ModuleReader reader)
    {
        int offset = reader.Position;
        Require(reader.ReadByte() == 0, "malformed tag attribute", offset);
        _types.PrintUse(reader.ReadUInt32(), locals: null);
    }

    private void PrintFunction(ref ModuleReader reader)
    {
        int offset = reader.Position;
        int length = reader.ReadLength();
        ModuleReader body = reader.Within(length);
        reader.Skip(length);
        uint index = _importedFunctions + (uint)_bodies++;
        Require(index < (uint)_functionTypes.Count, "function and code section have inconsistent lengths", offset);
        NameScope locals = _names.Within(NameKind.Local, index);
        Declare("func", NameKind.Function);
        uint parameters = _types.PrintUse(_functionTypes[(int)index], locals);
        _output.Depth++;
        PrintLocals(locals, parameters, ref body);
        _instructions.Print(ref body, locals, _names.Within(NameKind.Label, index));
        Require(body.IsAtEnd, "END opcode expected", offset);
        _output.Depth--;
        _output.Line();
        _output.Add(")");
    }

    private void PrintLocals(NameScope locals, uint index, ref ModuleReader reader)
    {
        bool isOpen = false, isFirst = true;
        for (int runs = reader.ReadLength(); runs > 0; runs--)
        {
            uint count = reader.ReadUInt32();
            string type = _types.ReadValueType(ref reader);
            for (; count > 0; count--)
            {
                if (isFirst)
                {
                    _output.Line();
                    isFirst = false;
                }

                isOpen = _types.PrintLocal("local", locals, index++, type, isOpen);
            }
        }

        _output.Add(isOpen ? ")" : "");
    }

    private void PrintCustom(int lastPlace, ref bool hasNames, ref ModuleReader section)
    {
        string name = section.ReadName(_module.Length);
        if (name == NameSection && !hasNames)
        {
            hasNames = true;
            return;
        }

        // Not every tool knows a word for the data count section.
        string place = lastPlace < 0 ? "before first"
            : SectionPlace.IdOf(lastPlace) == (byte)SectionId.DataCount ? "before code"
            : $"after {SectionPlace.NameOf(lastPlace)}";
        _output.Line();
        _output.Add($"(@custom {Words.Text(name)} ({place}) {Words.Bytes(section.ReadBytes(section.Remaining))})");
    }

    private void Declare(string keyword, NameKind kind)
    {
        _output.Line();
        _output.Add($"({keyword}");
        uint index = kind == NameKind.Function
            ? _importedFunctions + (uint)_bodies - 1
            : _declared[(int)kind]++;
        _names[kind].Declare(index, _output);
    }

    private string ReadName(ref ModuleReader reader) => Words.Text(reader.ReadName(_module.Length));

    private static (string Keyword, NameKind Kind) ReadExternalKind(ref ModuleReader reader, int offset) =>
        reader.ReadByte() switch
        {
            0 => ("func", NameKind.Function),
            1 => ("table", NameKind.Table),
            2 => ("memory", NameKind.Memory),
            3 => ("global", NameKind.Global),
            4 => ("tag", NameKind.Tag),
            _ => throw new MalformedModuleException("malformed import or export kind", offset),
        };

    private static void Require(bool isRight, string reason, int offset)
    {
        if (!isRight)
        {
            throw new MalformedModuleException(reason, offset);
        }
    }
}
