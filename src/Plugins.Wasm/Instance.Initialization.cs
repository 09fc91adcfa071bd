using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Tiering;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

public sealed partial class Instance
{
    /// <summary>The value of a constant expression.</summary>
    /// <remarks>WebAssembly 2.0, section 4.4.10 (expressions); validation has checked its type.</remarks>
    internal Value Evaluate(in ConstantExpression expression) => expression.Opcode switch
    {
        Opcode.I32Const => Value.FromBits(ValueKind.I32, expression.Bits),
        Opcode.I64Const => Value.FromBits(ValueKind.I64, expression.Bits),
        Opcode.F32Const => Value.FromBits(ValueKind.F32, expression.Bits),
        Opcode.F64Const => Value.FromBits(ValueKind.F64, expression.Bits),
        Opcode.V128Const => Value.FromVector128(Module.Binary.VectorAt(expression.Bits)),
        Opcode.RefNull => Value.FromReference(expression.Code.Kind, null),
        Opcode.RefFunc => Value.FromReference(ValueKind.FuncRef, FunctionAt((int)expression.Bits)),
        _ => Cells[expression.Bits].Value,
    };

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
        InitializeGlobals();
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
            Tables[i] = new Table(Store, Module.Binary.Tables[i]);
        }

        Table0 = Tables.Length > 0 ? Tables[0] : null;
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
                int offset = Evaluate(segment.TableOffset).AsInt32();
                BulkTable.Initialize(this, (int)segment.TableIndex, i, offset, 0, segment.Items.Length);
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
                int offset = Evaluate(segment.MemoryOffset).AsInt32();
                BulkMemory.Initialize(this, (int)segment.MemoryIndex, i, offset, 0, segment.Length);
                DropData(i);
            }
        }
    }
}
