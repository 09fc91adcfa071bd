using System.Globalization;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Text.Instructions;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Printing;

/// <summary>Instructions as text, one to a line, or all on one. WebAssembly 3.0, sections 5.4 and 6.5.</summary>
internal sealed class InstructionPrinter(ModuleNames names, TypePrinter types, IndentedText output)
{
    private const byte BlockOpcode = 0x02, IfOpcode = 0x04, TryOpcode = 0x06, CatchOpcode = 0x07;

    private readonly ImmediatePrinter _immediates = new(names, types, output);
    private readonly List<OpenBlock> _blocks = [];
    private uint _labels;

    /// <summary>Prints instructions up to the <c>end</c> of them all, which is not printed.</summary>
    /// <returns>How many they are.</returns>
    public int Print(ref ModuleReader reader, NameScope locals, NameScope labels)
    {
        _blocks.Clear();
        _immediates.Locals = locals;
        _labels = 0;
        for (int count = 0; ; count++)
        {
            int offset = reader.Position;
            InstructionSyntax syntax = ReadOpcode(ref reader);
            if (syntax.Immediates == Immediates.End && _blocks.Count == 0)
            {
                return count;
            }

            PrintOne(syntax, offset, labels, ref reader);
        }
    }

    private static InstructionSyntax ReadOpcode(ref ModuleReader reader)
    {
        int offset = reader.Position;
        byte first = reader.ReadByte();
        bool isPrefix = InstructionSet.IsPrefix(first);
        uint code = isPrefix ? reader.ReadUInt32() : first;
        return InstructionSet.Instance.Find(isPrefix ? first : (byte)0, code)
            ?? throw new MalformedModuleException("illegal opcode", offset);
    }

    private void PrintOne(InstructionSyntax syntax, int offset, NameScope labels, ref ModuleReader reader)
    {
        switch (syntax.Immediates)
        {
            case Immediates.Block or Immediates.HandlingBlock:
                output.Line();
                PrintBlock(syntax, labels, ref reader);
                break;
            case Immediates.Else:
                Require(Innermost is IfOpcode, "unexpected else", offset);
                Divide(syntax, BlockOpcode);
                break;
            case Immediates.Catch:
                Require(Innermost is TryOpcode or CatchOpcode, "unexpected catch", offset);
                Divide(syntax, CatchOpcode);
                output.Word(names[NameKind.Tag].Use(reader.ReadUInt32()));
                break;
            case Immediates.CatchAll:
                Require(Innermost is TryOpcode or CatchOpcode, "unexpected catch_all", offset);
                Divide(syntax, BlockOpcode);
                break;
            case Immediates.Delegate:
                Require(Innermost is TryOpcode, "unexpected delegate", offset);
                Close(syntax);
                PrintLabel(ref reader);
                break;
            case Immediates.End:
                Close(syntax);
                break;
            default:
                output.Line();
                PrintPlain(syntax, ref reader);
                break;
        }
    }

    private byte? Innermost => _blocks.Count == 0 ? null : _blocks[^1].Opcode;

    private void PrintBlock(InstructionSyntax syntax, NameScope labels, ref ModuleReader reader)
    {
        output.Add(syntax.Name);
        PrintedName name = labels.Find(_labels);
        labels.DeclareName(_labels++, output);
        types.PrintBlockType(ref reader);
        if (syntax.Immediates == Immediates.HandlingBlock)
        {
            PrintHandlers(ref reader);
        }

        _blocks.Add(new OpenBlock((byte)syntax.Code, name.Identifier));
        output.Depth++;
        if (!output.IsOneLine && name.Identifier is null)
        {
            output.Word(string.Create(CultureInfo.InvariantCulture, $";; label = @{_blocks.Count}"));
        }
    }

    private void Divide(InstructionSyntax syntax, byte opcode)
    {
        _blocks[^1] = _blocks[^1] with { Opcode = opcode };
        output.Depth--;
        output.Line();
        output.Add(syntax.Name);
        output.Depth++;
    }

    private void Close(InstructionSyntax syntax)
    {
        _blocks.RemoveAt(_blocks.Count - 1);
        output.Depth--;
        output.Line();
        output.Add(syntax.Name);
    }

    private void PrintHandlers(ref ModuleReader reader)
    {
        string[] words = ["catch", "catch_ref", "catch_all", "catch_all_ref"];
        for (int count = reader.ReadLength(); count > 0; count--)
        {
            int offset = reader.Position;
            byte kind = reader.ReadByte();
            Require(kind < words.Length, "malformed catch clause", offset);
            output.Word($"({words[kind]}");
            if (kind < 2)
            {
                output.Word(names[NameKind.Tag].Use(reader.ReadUInt32()));
            }

            PrintLabel(ref reader);
            output.Add(")");
        }
    }

    private void PrintPlain(InstructionSyntax syntax, ref ModuleReader reader)
    {
        output.Add(syntax.Name);
        switch (syntax.Immediates)
        {
            case Immediates.Label:
                PrintLabel(ref reader);
                break;
            case Immediates.Labels:
                for (int count = reader.ReadLength(); count >= 0; count--)
                {
                    PrintLabel(ref reader);
                }

                break;
            case Immediates.BranchOnCast:
                PrintBranchOnCast(ref reader);
                break;
            default:
                _immediates.Print(syntax, ref reader);
                break;
        }
    }

    private void PrintLabel(ref ModuleReader reader)
    {
        uint depth = reader.ReadUInt32();
        if (depth < (uint)_blocks.Count && _blocks[^((int)depth + 1)].Label is string label)
        {
            output.Word(label);
            return;
        }

        output.Word((ulong)depth);
        if (depth <= (uint)_blocks.Count)
        {
            output.Word(string.Create(CultureInfo.InvariantCulture, $"(;@{(uint)_blocks.Count - depth};)"));
        }
    }

    private void PrintBranchOnCast(ref ModuleReader reader)
    {
        const byte FromNull = 1, ToNull = 2;
        int offset = reader.Position;
        byte flags = reader.ReadByte();
        Require(flags <= (FromNull | ToNull), "malformed br_on_cast flags", offset);
        PrintLabel(ref reader);
        output.Word(types.ReadReferenceTo(ref reader, (flags & FromNull) != 0));
        output.Word(types.ReadReferenceTo(ref reader, (flags & ToNull) != 0));
    }

    private static void Require(bool isRight, string reason, int offset)
    {
        if (!isRight)
        {
            throw new MalformedModuleException(reason, offset);
        }
    }
}
