namespace Plugins.Wasm.Text.Instructions;

/// <summary>The instructions of the threads proposal: read and written, whatever an engine makes of them.</summary>
internal static class AtomicInstructions
{
    private const byte Prefix = 0xFE;

    public static void AddTo(InstructionTable table)
    {
        table.AddAccesses(Prefix, 0x00, "memory.atomic.notify:4 memory.atomic.wait32:4 memory.atomic.wait64:8");
        table.Add(Prefix, 0x03, Immediates.Reserved, "atomic.fence");
        table.AddAccesses(
            Prefix,
            0x10,
            "i32.atomic.load:4 i64.atomic.load:8 i32.atomic.load8_u:1 i32.atomic.load16_u:2 "
            + "i64.atomic.load8_u:1 i64.atomic.load16_u:2 i64.atomic.load32_u:4 "
            + "i32.atomic.store:4 i64.atomic.store:8 i32.atomic.store8:1 i32.atomic.store16:2 "
            + "i64.atomic.store8:1 i64.atomic.store16:2 i64.atomic.store32:4");
        uint code = 0x1E;
        foreach (string operation in "add sub and or xor xchg cmpxchg".Split(' '))
        {
            table.AddAccesses(
                Prefix,
                code,
                $"i32.atomic.rmw.{operation}:4 i64.atomic.rmw.{operation}:8 "
                + $"i32.atomic.rmw8.{operation}_u:1 i32.atomic.rmw16.{operation}_u:2 "
                + $"i64.atomic.rmw8.{operation}_u:1 i64.atomic.rmw16.{operation}_u:2 i64.atomic.rmw32.{operation}_u:4");
            code += 7;
        }
    }
}
