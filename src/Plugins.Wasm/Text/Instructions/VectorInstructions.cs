namespace Plugins.Wasm.Text.Instructions;

/// <summary>Vectors, relaxed ones included. WebAssembly 3.0, section 5.4.9.</summary>
internal static class VectorInstructions
{
    private const byte Prefix = 0xFD;

    public static void AddTo(InstructionTable table)
    {
        AddMemory(table);
        AddLanes(table);
        AddComparisons(table);
        AddBytes(table);
        AddShorts(table);
        AddInts(table);
        AddLongs(table);
        AddFloats(table);
        AddConversions(table);
        AddRelaxed(table);
    }

    private static void Add(InstructionTable table, uint code, string names) =>
        table.Add(Prefix, code, Immediates.None, names);

    private static void AddMemory(InstructionTable table)
    {
        table.AddAccesses(
            Prefix,
            0x00,
            "v128.load:16 v128.load8x8_s:8 v128.load8x8_u:8 v128.load16x4_s:8 v128.load16x4_u:8 v128.load32x2_s:8 "
            + "v128.load32x2_u:8 v128.load8_splat:1 v128.load16_splat:2 v128.load32_splat:4 v128.load64_splat:8 "
            + "v128.store:16");
        table.AddAccesses(
            Prefix,
            0x54,
            "v128.load8_lane:1 v128.load16_lane:2 v128.load32_lane:4 v128.load64_lane:8 "
            + "v128.store8_lane:1 v128.store16_lane:2 v128.store32_lane:4 v128.store64_lane:8",
            Immediates.AccessAndLane);
        table.AddAccesses(Prefix, 0x5C, "v128.load32_zero:4 v128.load64_zero:8");
    }

    private static void AddLanes(InstructionTable table)
    {
        table.Add(Prefix, 0x0C, Immediates.Vector, "v128.const");
        table.Add(Prefix, 0x0D, Immediates.Lanes, "i8x16.shuffle");
        Add(table, 0x0E, "i8x16.swizzle i8x16.splat i16x8.splat i32x4.splat i64x2.splat f32x4.splat f64x2.splat");
        table.Add(
            Prefix,
            0x15,
            Immediates.Lane,
            "i8x16.extract_lane_s i8x16.extract_lane_u i8x16.replace_lane i16x8.extract_lane_s i16x8.extract_lane_u "
            + "i16x8.replace_lane i32x4.extract_lane i32x4.replace_lane i64x2.extract_lane i64x2.replace_lane "
            + "f32x4.extract_lane f32x4.replace_lane f64x2.extract_lane f64x2.replace_lane");
    }

    private static void AddComparisons(InstructionTable table)
    {
        uint code = 0x23;
        foreach (string shape in "i8x16 i16x8 i32x4".Split(' '))
        {
            Add(
                table,
                code,
                $"{shape}.eq {shape}.ne {shape}.lt_s {shape}.lt_u {shape}.gt_s {shape}.gt_u "
                + $"{shape}.le_s {shape}.le_u {shape}.ge_s {shape}.ge_u");
            code += 10;
        }

        Add(table, 0x41, "f32x4.eq f32x4.ne f32x4.lt f32x4.gt f32x4.le f32x4.ge");
        Add(table, 0x47, "f64x2.eq f64x2.ne f64x2.lt f64x2.gt f64x2.le f64x2.ge");
        Add(table, 0x4D, "v128.not v128.and v128.andnot v128.or v128.xor v128.bitselect v128.any_true");
        Add(table, 0xD6, "i64x2.eq i64x2.ne i64x2.lt_s i64x2.gt_s i64x2.le_s i64x2.ge_s");
    }

    private static void AddBytes(InstructionTable table)
    {
        Add(
            table,
            0x60,
            "i8x16.abs i8x16.neg i8x16.popcnt i8x16.all_true i8x16.bitmask i8x16.narrow_i16x8_s i8x16.narrow_i16x8_u "
            + "f32x4.ceil f32x4.floor f32x4.trunc f32x4.nearest i8x16.shl i8x16.shr_s i8x16.shr_u "
            + "i8x16.add i8x16.add_sat_s i8x16.add_sat_u i8x16.sub i8x16.sub_sat_s i8x16.sub_sat_u "
            + "f64x2.ceil f64x2.floor i8x16.min_s i8x16.min_u i8x16.max_s i8x16.max_u f64x2.trunc i8x16.avgr_u "
            + "i16x8.extadd_pairwise_i8x16_s i16x8.extadd_pairwise_i8x16_u "
            + "i32x4.extadd_pairwise_i16x8_s i32x4.extadd_pairwise_i16x8_u");
    }

    private static void AddShorts(InstructionTable table)
    {
        Add(
            table,
            0x80,
            "i16x8.abs i16x8.neg i16x8.q15mulr_sat_s i16x8.all_true i16x8.bitmask "
            + "i16x8.narrow_i32x4_s i16x8.narrow_i32x4_u i16x8.extend_low_i8x16_s i16x8.extend_high_i8x16_s "
            + "i16x8.extend_low_i8x16_u i16x8.extend_high_i8x16_u i16x8.shl i16x8.shr_s i16x8.shr_u "
            + "i16x8.add i16x8.add_sat_s i16x8.add_sat_u i16x8.sub i16x8.sub_sat_s i16x8.sub_sat_u f64x2.nearest "
            + "i16x8.mul i16x8.min_s i16x8.min_u i16x8.max_s i16x8.max_u");
        Add(
            table,
            0x9B,
            "i16x8.avgr_u i16x8.extmul_low_i8x16_s i16x8.extmul_high_i8x16_s "
            + "i16x8.extmul_low_i8x16_u i16x8.extmul_high_i8x16_u");
    }

    private static void AddInts(InstructionTable table)
    {
        Add(table, 0xA0, "i32x4.abs i32x4.neg");
        Add(table, 0xA3, "i32x4.all_true i32x4.bitmask");
        Add(
            table,
            0xA7,
            "i32x4.extend_low_i16x8_s i32x4.extend_high_i16x8_s i32x4.extend_low_i16x8_u i32x4.extend_high_i16x8_u "
            + "i32x4.shl i32x4.shr_s i32x4.shr_u i32x4.add");
        Add(table, 0xB1, "i32x4.sub");
        Add(
            table,
            0xB5,
            "i32x4.mul i32x4.min_s i32x4.min_u i32x4.max_s i32x4.max_u i32x4.dot_i16x8_s");
        Add(
            table,
            0xBC,
            "i32x4.extmul_low_i16x8_s i32x4.extmul_high_i16x8_s i32x4.extmul_low_i16x8_u i32x4.extmul_high_i16x8_u");
    }

    private static void AddLongs(InstructionTable table)
    {
        Add(table, 0xC0, "i64x2.abs i64x2.neg");
        Add(table, 0xC3, "i64x2.all_true i64x2.bitmask");
        Add(
            table,
            0xC7,
            "i64x2.extend_low_i32x4_s i64x2.extend_high_i32x4_s i64x2.extend_low_i32x4_u i64x2.extend_high_i32x4_u "
            + "i64x2.shl i64x2.shr_s i64x2.shr_u i64x2.add");
        Add(table, 0xD1, "i64x2.sub");
        Add(table, 0xD5, "i64x2.mul");
        Add(
            table,
            0xDC,
            "i64x2.extmul_low_i32x4_s i64x2.extmul_high_i32x4_s i64x2.extmul_low_i32x4_u i64x2.extmul_high_i32x4_u");
    }

    private static void AddFloats(InstructionTable table)
    {
        Add(table, 0xE0, "f32x4.abs f32x4.neg");
        Add(
            table,
            0xE3,
            "f32x4.sqrt f32x4.add f32x4.sub f32x4.mul f32x4.div f32x4.min f32x4.max f32x4.pmin f32x4.pmax "
            + "f64x2.abs f64x2.neg");
        Add(
            table,
            0xEF,
            "f64x2.sqrt f64x2.add f64x2.sub f64x2.mul f64x2.div f64x2.min f64x2.max f64x2.pmin f64x2.pmax");
    }

    private static void AddConversions(InstructionTable table)
    {
        Add(table, 0x5E, "f32x4.demote_f64x2_zero f64x2.promote_low_f32x4");
        Add(
            table,
            0xF8,
            "i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f32x4_u f32x4.convert_i32x4_s f32x4.convert_i32x4_u "
            + "i32x4.trunc_sat_f64x2_s_zero i32x4.trunc_sat_f64x2_u_zero "
            + "f64x2.convert_low_i32x4_s f64x2.convert_low_i32x4_u");
    }

    private static void AddRelaxed(InstructionTable table)
    {
        Add(
            table,
            0x100,
            "i8x16.relaxed_swizzle i32x4.relaxed_trunc_f32x4_s i32x4.relaxed_trunc_f32x4_u "
            + "i32x4.relaxed_trunc_f64x2_s_zero i32x4.relaxed_trunc_f64x2_u_zero "
            + "f32x4.relaxed_madd f32x4.relaxed_nmadd f64x2.relaxed_madd f64x2.relaxed_nmadd "
            + "i8x16.relaxed_laneselect i16x8.relaxed_laneselect i32x4.relaxed_laneselect i64x2.relaxed_laneselect "
            + "f32x4.relaxed_min f32x4.relaxed_max f64x2.relaxed_min f64x2.relaxed_max "
            + "i16x8.relaxed_q15mulr_s i16x8.relaxed_dot_i8x16_i7x16_s i32x4.relaxed_dot_i8x16_i7x16_add_s");
    }
}
