namespace Plugins.Wasm.Tests.Text;

public sealed class ExpressionParserTests
{
    private const int Million = 1_000_000;

    [TestCase("i32.const 1 i32.const 2 i32.add drop", "410141026a1a")]
    [TestCase("(drop (i32.add (i32.const 1) (i32.const 2)))", "410141026a1a")]
    [TestCase("i32.const 1 (drop (i32.add (i32.const 2)))", "410141026a1a")]
    [TestCase("block nop end", "0240010b")]
    [TestCase("block $a nop end $a", "0240010b")]
    [TestCase("(block nop (nop))", "024001010b")]
    [TestCase("(block (result i32) (i32.const 0)) drop", "027f41000b1a")]
    [TestCase("i32.const 0 if nop else nop end", "410004400105010b")]
    [TestCase("(if (i32.const 0) (then nop) (else nop))", "410004400105010b")]
    [TestCase("(if (i32.const 0) (then))", "410004400b")]
    [TestCase("i32.const 0 (if (then (nop)))", "41000440010b")]
    [TestCase("(loop $l (br_if $l (block (result i32) i32.const 0)))", "0340027f41000b0d000b")]
    [TestCase("block $a block $b block $a br $a end br $a br $b end end", "0240024002400c000b0c010c000b0b")]
    [TestCase("(block $x (br_table $x 0 (i32.const 0)))", "024041000e0100000b")]
    [TestCase("(try_table (catch_all 0) nop)", "1f40010200010b")]
    [TestCase("block (result exnref) (try_table (catch_all_ref 0)) unreachable end drop", "02691f400103000b000b1a")]
    [TestCase("try nop catch_all nop end", "06400119010b")]
    [TestCase("(try (do nop) (catch_all nop))", "06400119010b")]
    [TestCase("block $b try nop delegate $b end", "024006400118000b")]
    [TestCase("(block $b (try (do nop) (delegate $b)))", "024006400118000b")]
    public void Instructions_PlainAndFolded_AreEncodedInOrder(string text, string code)
    {
        Assert.That(TextCode.BodyOf(text), Is.EqualTo(code));
    }

    [TestCase("i32.load", "280200")]
    [TestCase("i32.load offset=8 align=1", "280008")]
    [TestCase("i32.load 1 offset=8", "28420108")]
    [TestCase("v128.load8_lane 3", "fd54000003")]
    [TestCase("v128.load8_lane 1 3", "fd5440010003")]
    [TestCase("v128.load8_lane 1 offset=2 3", "fd5440010203")]
    [TestCase("memory.copy", "fc0a0000")]
    [TestCase("memory.copy 1 2", "fc0a0102")]
    [TestCase("memory.size 1", "3f01")]
    [TestCase("table.init 3", "fc0c0300")]
    [TestCase("table.init 1 3", "fc0c0301")]
    [TestCase("table.get", "2500")]
    [TestCase("call_indirect 1 (type 0)", "110001")]
    [TestCase("return_call_indirect (type 0)", "130000")]
    [TestCase("call_ref 0", "1400")]
    [TestCase("select", "1b")]
    [TestCase("select (result i32) (result i64)", "1c027f7e")]
    [TestCase("ref.null 5", "d005")]
    [TestCase("ref.null any", "d06e")]
    [TestCase("ref.test (ref any)", "fb146e")]
    [TestCase("ref.cast (ref null 0)", "fb1700")]
    [TestCase("br_on_cast 0 anyref (ref eq)", "fb1801006e6d")]
    [TestCase("array.new_fixed 1 2", "fb080102")]
    [TestCase("array.copy 1 2", "fb110102")]
    [TestCase("throw_ref", "0a")]
    [TestCase("atomic.fence", "fe0300")]
    [TestCase("i64.atomic.rmw32.cmpxchg_u offset=1", "fe4e0201")]
    [TestCase("i64.mul_wide_u", "fc16")]
    [TestCase("f32x4.relaxed_madd", "fd8502")]
    [TestCase("i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31", "fd0d000102030405060708090a0b0c0d0e1f")]
    [TestCase("v128.const i32x4 1 -1 0xffff_ffff 0", "fd0c01000000ffffffffffffffff00000000")]
    [TestCase("v128.const f64x2 1 -inf", "fd0c000000000000f03f000000000000f0ff")]
    public void Immediates_OfEachKind_AreEncoded(string text, string code)
    {
        Assert.That(TextCode.BodyOf(text), Is.EqualTo(code));
    }

    [TestCase("block $a end $b", "mismatching label $b")]
    [TestCase("br $a", "unknown label $a")]
    [TestCase("block $a end br $a", "unknown label $a")]
    [TestCase("i32.sub2", "unknown operator i32.sub2")]
    [TestCase("(i32.add nop)", "unexpected token nop")]
    [TestCase("end", "unexpected token end")]
    [TestCase("(end)", "unexpected token end")]
    [TestCase("else", "unexpected token else")]
    [TestCase("block else end", "unexpected token else")]
    [TestCase("if else else end", "unexpected token else")]
    [TestCase("block", "unexpected token )")]
    [TestCase("(if (i32.const 0))", "unexpected token )")]
    [TestCase("(if (then) nop)", "unexpected token nop")]
    [TestCase("(if (then) (else) (else))", "unexpected token else")]
    [TestCase("(try)", "unexpected token )")]
    [TestCase("(try (do) (delegate 0) (catch_all))", "unexpected token catch_all")]
    [TestCase("(try (do) (catch_all) (catch 0))", "unexpected token catch")]
    [TestCase("try catch_all catch 0 end", "unexpected token catch")]
    [TestCase("try catch 0 delegate 0", "unexpected token delegate")]
    [TestCase("i32.load align=3", "alignment must be a power of two")]
    [TestCase("i32.load align=0", "alignment must be a power of two")]
    [TestCase("i32.load offset=1x", "unknown operator offset=1x")]
    [TestCase("i32.const 4294967296", "i32 constant out of range")]
    [TestCase("i32.const -2147483649", "i32 constant out of range")]
    [TestCase("i64.const 18446744073709551616", "i64 constant out of range")]
    [TestCase("i32.const 1_", "unknown operator 1_")]
    [TestCase("i32.const 0x", "unknown operator 0x")]
    [TestCase("v128.const i32x4 1 2 3", "wrong number of lane literals")]
    [TestCase("i8x16.shuffle 1", "invalid lane length")]
    [TestCase("i8x16.extract_lane_s 256", "i8 constant out of range")]
    [TestCase("block (param $x i32) end", "unexpected token $x")]
    [TestCase("struct.get 0 $x", "unknown field $x")]
    [TestCase("(local i32)nop(local i32)", "unexpected token local")]
    public void Instruction_Malformed_IsRefused(string text, string reason)
    {
        Assert.That(TextCode.FaultOf($"(func {text})").Reason, Does.StartWith(reason));
    }

    // A parser that recursed would end the process; one that looked for labels in a list would never end.
    [TestCase("(block $x ", " br $x ", ")")]
    [TestCase("block $x ", " br $x ", "end ")]
    [TestCase("(i32.eqz ", "", ")")]
    [TestCase("(if (then ", "", "))")]
    [TestCase("(try (do ", "", "))")]
    public void Instructions_NestedAMillionTimes_AreRead(string open, string inside, string close)
    {
        string text = "(func " + string.Concat(Enumerable.Repeat(open, Million)) + inside
            + string.Concat(Enumerable.Repeat(close, Million)) + ")";

        Assert.That(TextFormat.ToBinary(text), Has.Length.GreaterThan(Million));
    }

    [TestCase("(")]
    [TestCase("(func ")]
    [TestCase("(@a ")]
    [TestCase("(;")]
    [TestCase("(func (block ")]
    [TestCase("(func (param (ref ")]
    [TestCase("(@custom \"a\" ")]
    [TestCase("(type ")]
    public void Parentheses_OpenedAMillionTimes_AreRefused(string open)
    {
        string text = string.Concat(Enumerable.Repeat(open, Million));

        Assert.That(() => TextFormat.ToBinary(text), Throws.TypeOf<MalformedTextException>());
    }

    [TestCase("(@name \"a\")")]
    [TestCase("(@custom \"a\")")]
    [TestCase("(@custom \"a\" (@name \"b\"))")]
    [TestCase("(;;)")]
    public void Annotations_AMillionInOneGap_AreReadInOneGo(string annotation)
    {
        string text = "(module $m " + string.Concat(Enumerable.Repeat(annotation, Million)) + "(func))";

        Assert.That(TextFormat.ToBinary(text), Has.Length.GreaterThan(20));
    }
}
