namespace Plugins.Wasm.Text.Instructions;

/// <summary>Control, variables, tables, memories and numbers.</summary>
/// <remarks>
/// WebAssembly 3.0, sections 5.4.1 to 5.4.8; the exceptions of the legacy proposal and wide arithmetic are here too.
/// </remarks>
internal static class CoreInstructions
{
    private const byte Prefix = 0xFC;

    public static void AddTo(InstructionTable table)
    {
        AddControl(table);
        AddStorage(table);
        AddIntegers(table);
        AddFloats(table);
        AddConversions(table);
    }

    private static void AddControl(InstructionTable table)
    {
        table.Add(0x00, Immediates.None, "unreachable nop");
        table.Add(0x02, Immediates.Block, "block loop if");
        table.Add(0x05, Immediates.Else, "else");
        table.Add(0x06, Immediates.Block, "try");
        table.Add(0x07, Immediates.Catch, "catch");
        table.Add(0x08, Immediates.Tag, "throw");
        table.Add(0x09, Immediates.Label, "rethrow");
        table.Add(0x0A, Immediates.None, "throw_ref");
        table.Add(0x0B, Immediates.End, "end");
        table.Add(0x0C, Immediates.Label, "br br_if");
        table.Add(0x0E, Immediates.Labels, "br_table");
        table.Add(0x0F, Immediates.None, "return");
        table.Add(0x10, Immediates.Function, "call");
        table.Add(0x11, Immediates.IndirectCall, "call_indirect");
        table.Add(0x12, Immediates.Function, "return_call");
        table.Add(0x13, Immediates.IndirectCall, "return_call_indirect");
        table.Add(0x14, Immediates.Type, "call_ref return_call_ref");
        table.Add(0x18, Immediates.Delegate, "delegate");
        table.Add(0x19, Immediates.CatchAll, "catch_all");
        table.Add(0x1A, Immediates.None, "drop");
        table.Add(0x1B, Immediates.Select, "select select");
        table.Add(0x1F, Immediates.HandlingBlock, "try_table");
    }

    private static void AddStorage(InstructionTable table)
    {
        table.Add(0x20, Immediates.Local, "local.get local.set local.tee");
        table.Add(0x23, Immediates.Global, "global.get global.set");
        table.Add(0x25, Immediates.Table, "table.get table.set");
        table.AddAccesses(
            0,
            0x28,
            "i32.load:4 i64.load:8 f32.load:4 f64.load:8 i32.load8_s:1 i32.load8_u:1 i32.load16_s:2 i32.load16_u:2 "
            + "i64.load8_s:1 i64.load8_u:1 i64.load16_s:2 i64.load16_u:2 i64.load32_s:4 i64.load32_u:4 "
            + "i32.store:4 i64.store:8 f32.store:4 f64.store:8 i32.store8:1 i32.store16:2 "
            + "i64.store8:1 i64.store16:2 i64.store32:4");
        table.Add(0x3F, Immediates.Memory, "memory.size memory.grow");
        table.Add(Prefix, 0x08, Immediates.MemoryAndData, "memory.init");
        table.Add(Prefix, 0x09, Immediates.Data, "data.drop");
        table.Add(Prefix, 0x0A, Immediates.MemoryPair, "memory.copy");
        table.Add(Prefix, 0x0B, Immediates.Memory, "memory.fill");
        table.Add(Prefix, 0x0C, Immediates.TableAndElement, "table.init");
        table.Add(Prefix, 0x0D, Immediates.Element, "elem.drop");
        table.Add(Prefix, 0x0E, Immediates.TablePair, "table.copy");
        table.Add(Prefix, 0x0F, Immediates.Table, "table.grow table.size table.fill");
    }

    private static void AddIntegers(InstructionTable table)
    {
        table.Add(0x41, Immediates.Int32, "i32.const");
        table.Add(0x42, Immediates.Int64, "i64.const");
        table.Add(0x43, Immediates.Float32, "f32.const");
        table.Add(0x44, Immediates.Float64, "f64.const");
        table.Add(
            0x45,
            Immediates.None,
            "i32.eqz i32.eq i32.ne i32.lt_s i32.lt_u i32.gt_s i32.gt_u i32.le_s i32.le_u i32.ge_s i32.ge_u "
            + "i64.eqz i64.eq i64.ne i64.lt_s i64.lt_u i64.gt_s i64.gt_u i64.le_s i64.le_u i64.ge_s i64.ge_u");
        table.Add(
            0x67,
            Immediates.None,
            "i32.clz i32.ctz i32.popcnt i32.add i32.sub i32.mul i32.div_s i32.div_u i32.rem_s i32.rem_u "
            + "i32.and i32.or i32.xor i32.shl i32.shr_s i32.shr_u i32.rotl i32.rotr "
            + "i64.clz i64.ctz i64.popcnt i64.add i64.sub i64.mul i64.div_s i64.div_u i64.rem_s i64.rem_u "
            + "i64.and i64.or i64.xor i64.shl i64.shr_s i64.shr_u i64.rotl i64.rotr");
        table.Add(0xC0, Immediates.None, "i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s");
        table.Add(Prefix, 0x13, Immediates.None, "i64.add128 i64.sub128 i64.mul_wide_s i64.mul_wide_u");
    }

    private static void AddFloats(InstructionTable table)
    {
        table.Add(
            0x5B,
            Immediates.None,
            "f32.eq f32.ne f32.lt f32.gt f32.le f32.ge f64.eq f64.ne f64.lt f64.gt f64.le f64.ge");
        table.Add(
            0x8B,
            Immediates.None,
            "f32.abs f32.neg f32.ceil f32.floor f32.trunc f32.nearest f32.sqrt "
            + "f32.add f32.sub f32.mul f32.div f32.min f32.max f32.copysign "
            + "f64.abs f64.neg f64.ceil f64.floor f64.trunc f64.nearest f64.sqrt "
            + "f64.add f64.sub f64.mul f64.div f64.min f64.max f64.copysign");
    }

    private static void AddConversions(InstructionTable table)
    {
        table.Add(
            0xA7,
            Immediates.None,
            "i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u "
            + "i64.extend_i32_s i64.extend_i32_u i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u "
            + "f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u f32.demote_f64 "
            + "f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u f64.promote_f32 "
            + "i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64");
        table.Add(
            Prefix,
            0x00,
            Immediates.None,
            "i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u "
            + "i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u");
    }
}
