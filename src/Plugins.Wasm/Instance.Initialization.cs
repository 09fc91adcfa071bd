using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Tiering;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

public sealed partial class Instance
{
    /// <summary>The value of a constant expression.</summary>
    /// <remarks>WebAssembly 3.0, section 4.6.12 (expressions); validation has checked its type.</remarks>
    internal Value Evaluate(in ConstantExpression expression) => expression.Opcode switch
    {
        Opcode.End => EvaluateSequence(expression),
        Opcode.I32Const => Value.FromBits(ValueKind.I32, expression.Bits),
        Opcode.I64Const => Value.FromBits(ValueKind.I64, expression.Bits),
        Opcode.F32Const => Value.FromBits(ValueKind.F32, expression.Bits),
        Opcode.F64Const => Value.FromBits(ValueKind.F64, expression.Bits),
        Opcode.V128Const => Value.FromVector128(Module.Binary.VectorAt(expression.Bits)),
        Opcode.RefNull => Value.FromReference(expression.Code.Kind, null),
        Opcode.RefFunc => Value.FromReference(ValueKind.FuncRef, FunctionAt((int)expression.Bits)),
        _ => ValueOfGlobal((int)expression.Bits),
    };

    // Nothing here runs longer than decoding did: each instruction is read once.
    private Value EvaluateSequence(in ConstantExpression expression)
    {
        Stack<Value> operands = new();
        CodeReader code = expression.Read(Module.Binary);
        while (code.Read(out Instruction instruction) && instruction.Opcode != Opcode.End)
        {
            operands.Push(OpcodeTable.IsOfObjects(instruction.Opcode) ? EvaluateObject(instruction, operands)
                : OpcodeTable.Get(instruction.Opcode).OperandCount == 2
                ? Combine(instruction.Opcode, operands.Pop(), operands.Pop())
                : Evaluate(ConstantExpression.Of(instruction)));
        }

        return operands.Pop();
    }

    private static Value Combine(Opcode opcode, Value second, Value first) => opcode switch
    {
        Opcode.I32Add => Value.FromInt32(first.AsInt32() + second.AsInt32()),
        Opcode.I32Sub => Value.FromInt32(first.AsInt32() - second.AsInt32()),
        Opcode.I32Mul => Value.FromInt32(first.AsInt32() * second.AsInt32()),
        Opcode.I64Add => Value.FromInt64(first.AsInt64() + second.AsInt64()),
        Opcode.I64Sub => Value.FromInt64(first.AsInt64() - second.AsInt64()),
        _ => Value.FromInt64(first.AsInt64() * second.AsInt64()),
    };

    private Value ValueOfGlobal(int index)
    {
        GlobalPlace place = Module.Globals[index];
        if (place.Kind == GlobalPlaceKind.Cell)
        {
            return Cells[index].Value;
        }

        int word = place.Slot * GlobalSlots.WordsPerSlot;
        ValueKind kind = Module.Binary.Globals[index].Value;
        return kind == ValueKind.V128
            ? Value.FromVector128(Vector128.Create(Slots[word], Slots[word + 1]).AsByte())
            : Value.FromBits(kind, (ulong)Slots[word]);
    }

    private void Initialize(Imports? imports)
    {
        Store.CountInstance();
        Store.ExtraResults.Reserve(Module.MaximumResults, Module.HasVectorResults);
        if (Module.Imports.Length > 0)
        {
            Link(imports ?? new Imports());
        }

        AllocateMemories();
        AllocateTables();
        AllocateTags();
        InitializeGlobals();
        EvaluateElements();
        CopyElements();
        CopyData();
        if (Module.Binary.StartFunction is int start)
        {
            FunctionAt(start).Invoke([], []);
        }
    }

    private void Link(Imports imports)
    {
        object[] definitions = imports.Resolve(Module);
        int functions = 0;
        int tables = 0;
        int memories = 0;
        int globals = 0;
        int tags = 0;
        for (int i = 0; i < definitions.Length; i++)
        {
            ImportType import = Module.Imports[i];
            switch (ImportMatcher.Match(Store, import, definitions[i]))
            {
                case HostFunction host:
                    Import(functions++, host.Bind(Store, this));
                    break;
                case Function function:
                    Import(functions++, function);
                    break;
                case Table table:
                    Tables[tables++] = table;
                    break;
                case LinearMemory memory:
                    Memories[memories++] = memory;
                    break;
                case Global global:
                    Cells[globals++] = global;
                    break;
                case Tag tag:
                    Tags[tags++] = tag;
                    break;
            }
        }
    }

    private void Import(int index, Function function)
    {
        if (Module.Tiers.CallsHostFromCode)
        {
            FunctionTiers.PrepareImport(function);
        }

        ImportedFunctions[index] = function;
    }

    private void AllocateMemories()
    {
        for (int i = Module.Binary.ImportedMemoryCount; i < Memories.Length; i++)
        {
            Memories[i] = new LinearMemory(Store, Module.Binary.Memories[i]);
        }

        Memory0 = Memories.Length > 0 ? Memories[0] : null;
    }

    private void AllocateTables()
    {
        for (int i = Module.Binary.ImportedTableCount; i < Tables.Length; i++)
        {
            Value initial = Evaluate(Module.Binary.TableInitializers[i - Module.Binary.ImportedTableCount]);
            Tables[i] = new Table(Store, Module.Binary.Tables[i], initial.Reference);
        }

        Table0 = Tables.Length > 0 ? Tables[0] : null;
    }

    private void AllocateTags()
    {
        for (int i = Module.Binary.ImportedTagCount; i < Tags.Length; i++)
        {
            Tags[i] = new Tag(Store, Module.Binary.Tags[i]);
        }
    }

    private void InitializeGlobals()
    {
        BinaryModule binary = Module.Binary;
        for (int i = binary.ImportedGlobalCount; i < binary.Globals.Length; i++)
        {
            Value value = Evaluate(binary.GlobalInitializers[i - binary.ImportedGlobalCount]);
            GlobalPlace place = Module.Globals[i];
            if (place.Kind == GlobalPlaceKind.Cell)
            {
                Cells[i] = new Global(Store, binary.Globals[i], value);
            }
            else if (place.Kind == GlobalPlaceKind.Slot)
            {
                Slots[place.Slot * GlobalSlots.WordsPerSlot] = (long)value.Bits;
                Slots[(place.Slot * GlobalSlots.WordsPerSlot) + 1] = (long)value.UpperBits;
            }
        }
    }

    private void CopyElements()
    {
        ElementSegment[] segments = Module.Binary.Elements;
        for (int i = 0; i < segments.Length; i++)
        {
            ElementSegment segment = segments[i];
            if (segment.Mode == SegmentMode.Active)
            {
                ulong offset = Evaluate(segment.TableOffset).Bits;
                BulkTable.Initialize(this, (int)segment.TableIndex, i, offset, 0, (ulong)segment.Items.Length);
            }

            if (segment.Mode != SegmentMode.Passive)
            {
                DropElement(i);
            }
        }
    }

    private void CopyData()
    {
        DataSegment[] segments = Module.Binary.Data;
        for (int i = 0; i < segments.Length; i++)
        {
            DataSegment segment = segments[i];
            if (segment.Mode == SegmentMode.Active)
            {
                ulong offset = Evaluate(segment.MemoryOffset).Bits;
                BulkMemory.Initialize(this, (int)segment.MemoryIndex, i, offset, 0, (ulong)segment.Length);
                DropData(i);
            }
        }
    }
}
