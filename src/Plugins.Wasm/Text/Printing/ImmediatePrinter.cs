using System.Buffers.Binary;
using System.Globalization;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Text.Instructions;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Printing;

/// <summary>What follows the word of an instruction that is no block and has no label.</summary>
internal sealed class ImmediatePrinter(ModuleNames names, TypePrinter types, IndentedText output)
{
    /// <summary>The names of the function's locals.</summary>
    public NameScope Locals { get; set; } = new();

    public void Print(InstructionSyntax syntax, ref ModuleReader reader)
    {
        switch (syntax.Immediates)
        {
            case Immediates.None:
                break;
            case Immediates.Int32:
                output.Word((long)reader.ReadInt32());
                break;
            case Immediates.Int64:
                output.Word(reader.ReadInt64());
                break;
            case Immediates.Float32:
                output.Word(Words.Float32(reader.ReadFixed32()));
                break;
            case Immediates.Float64:
                output.Word(Words.Float64(reader.ReadFixed64()));
                break;
            case Immediates.Vector:
                PrintVector(ref reader);
                break;
            case Immediates.Lane:
                output.Word((long)reader.ReadByte());
                break;
            case Immediates.Lanes:
                foreach (byte lane in reader.ReadBytes(16))
                {
                    output.Word((long)lane);
                }

                break;
            case Immediates.Access:
                PrintAccess(syntax, ref reader);
                break;
            case Immediates.AccessAndLane:
                PrintAccess(syntax, ref reader);
                output.Word((long)reader.ReadByte());
                break;
            case Immediates.Reserved:
                PrintNothing(ref reader);
                break;
            default:
                PrintIndices(syntax, ref reader);
                break;
        }
    }

    private void PrintIndices(InstructionSyntax syntax, ref ModuleReader reader)
    {
        switch (syntax.Immediates)
        {
            case Immediates.Function:
                Use(NameKind.Function, ref reader);
                break;
            case Immediates.IndirectCall:
                uint type = reader.ReadUInt32();
                UseUnlessFirst(NameKind.Table, reader.ReadUInt32());
                types.PrintUse(type, locals: null);
                break;
            case Immediates.Local:
                output.Word(Locals.Use(reader.ReadUInt32()));
                break;
            case Immediates.Global:
                Use(NameKind.Global, ref reader);
                break;
            case Immediates.Tag:
                Use(NameKind.Tag, ref reader);
                break;
            case Immediates.Data:
                Use(NameKind.Data, ref reader);
                break;
            case Immediates.Element:
                Use(NameKind.Element, ref reader);
                break;
            case Immediates.HeapType:
                output.Word(types.ReadHeapType(ref reader));
                break;
            case Immediates.ReferenceType:
                output.Word(types.ReadReferenceTo(ref reader, isNullable: (syntax.Code & 1) != 0));
                break;
            case Immediates.Select:
                PrintSelect(syntax, ref reader);
                break;
            default:
                PrintStorage(syntax, ref reader);
                break;
        }
    }

    private void PrintStorage(InstructionSyntax syntax, ref ModuleReader reader)
    {
        switch (syntax.Immediates)
        {
            case Immediates.Table:
                UseUnlessFirst(NameKind.Table, reader.ReadUInt32());
                break;
            case Immediates.TablePair:
                PrintPair(NameKind.Table, ref reader);
                break;
            case Immediates.TableAndElement:
                PrintSegment(NameKind.Table, NameKind.Element, ref reader);
                break;
            case Immediates.Memory:
                UseUnlessFirst(NameKind.Memory, reader.ReadUInt32());
                break;
            case Immediates.MemoryPair:
                PrintPair(NameKind.Memory, ref reader);
                break;
            case Immediates.MemoryAndData:
                PrintSegment(NameKind.Memory, NameKind.Data, ref reader);
                break;
            default:
                PrintAggregate(syntax, ref reader);
                break;
        }
    }

    private void PrintAggregate(InstructionSyntax syntax, ref ModuleReader reader)
    {
        uint type = reader.ReadUInt32();
        output.Word(names[NameKind.Type].Use(type));
        switch (syntax.Immediates)
        {
            case Immediates.TypePair:
                Use(NameKind.Type, ref reader);
                break;
            case Immediates.TypeAndField:
                output.Word(names.FieldsOf(type).Use(reader.ReadUInt32()));
                break;
            case Immediates.TypeAndCount:
                output.Word((ulong)reader.ReadUInt32());
                break;
            case Immediates.TypeAndData:
                Use(NameKind.Data, ref reader);
                break;
            case Immediates.TypeAndElement:
                Use(NameKind.Element, ref reader);
                break;
        }
    }

    private void Use(NameKind kind, ref ModuleReader reader) => output.Word(names[kind].Use(reader.ReadUInt32()));

    private void UseUnlessFirst(NameKind kind, uint index)
    {
        if (index != 0)
        {
            output.Word(names[kind].Use(index));
        }
    }

    private void PrintPair(NameKind kind, ref ModuleReader reader)
    {
        uint first = reader.ReadUInt32(), second = reader.ReadUInt32();
        if (first != 0 || second != 0)
        {
            output.Word(names[kind].Use(first));
            output.Word(names[kind].Use(second));
        }
    }

    private void PrintSegment(NameKind kind, NameKind segments, ref ModuleReader reader)
    {
        uint segment = reader.ReadUInt32();
        UseUnlessFirst(kind, reader.ReadUInt32());
        output.Word(names[segments].Use(segment));
    }

    private void PrintSelect(InstructionSyntax syntax, ref ModuleReader reader)
    {
        const uint Typed = 0x1C;
        if (syntax.Code != Typed)
        {
            return;
        }

        if (types.PrintValues("result", locals: null, first: 0, ref reader) == 0)
        {
            output.Word("(result)");
        }
    }

    private void PrintAccess(InstructionSyntax syntax, ref ModuleReader reader)
    {
        const uint HasMemory = 0x40, FlagsEnd = 0x80;
        int start = reader.Position;
        uint flags = reader.ReadUInt32();
        if (flags >= FlagsEnd)
        {
            throw new MalformedModuleException("malformed memop flags", start);
        }

        UseUnlessFirst(NameKind.Memory, (flags & HasMemory) != 0 ? reader.ReadUInt32() : 0);
        ulong offset = reader.ReadUInt64();
        if (offset != 0)
        {
            output.Word(string.Create(CultureInfo.InvariantCulture, $"offset={offset}"));
        }

        uint alignment = flags & (HasMemory - 1);
        if (alignment != syntax.Alignment)
        {
            output.Word(string.Create(CultureInfo.InvariantCulture, $"align={1ul << (int)alignment}"));
        }
    }

    private void PrintVector(ref ModuleReader reader)
    {
        ReadOnlySpan<byte> bytes = reader.ReadBytes(16);
        output.Word("i32x4");
        for (int lane = 0; lane < bytes.Length; lane += sizeof(uint))
        {
            uint value = BinaryPrimitives.ReadUInt32LittleEndian(bytes[lane..]);
            output.Word(string.Create(CultureInfo.InvariantCulture, $"0x{value:x8}"));
        }
    }

    private static void PrintNothing(ref ModuleReader reader)
    {
        int offset = reader.Position;
        if (reader.ReadByte() != 0)
        {
            throw new MalformedModuleException("zero byte expected", offset);
        }
    }
}
