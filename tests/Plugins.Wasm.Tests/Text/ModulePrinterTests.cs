namespace Plugins.Wasm.Tests.Text;

public sealed class ModulePrinterTests
{
    private const string Sample = """
        (module $sample
          (type $unary (;0;) (func (param i32) (result i32)))
          (type (;1;) (func))
          (rec
            (type $node (;2;) (sub (struct (field $next (mut (ref null $node))) (field i8))))
            (type (;3;) (array (mut v128)))
          )
          (import "env" "tick" (func $tick (;0;) (type 1)))
          (table $t (;0;) 1 10 funcref)
          (memory $m (;0;) 1)
          (tag $oops (;0;) (type $unary) (param i32) (result i32))
          (global $g (;0;) (mut i32) i32.const -1)
          (export "count" (func $"count down"))
          (start $tick)
          (elem $e (;0;) (i32.const 0) func $tick $"count down")
          (elem (;1;) declare funcref (ref.func $tick) (ref.null func))
          (func $"count down" (;1;) (type $unary) (param $n i32) (result i32)
            (local i64 f32) (local $x i32)
            loop $again
              local.get $n
              i32.const 1
              i32.sub
              local.tee $n
              br_if $again
              block (result i32) ;; label = @2
                local.get $x
                br 0 (;@2;)
              end
              local.set $x
            end
            i32.const 8
            i32.load offset=4 align=1
            call_indirect (type $unary) (param i32) (result i32)
            f64.const 1.5
            f64.const -nan:0x1
            i64.reinterpret_f64
            drop
            drop
            if (result i32)
              i32.const 1
            else
              i32.const 2
            end
          )
          (data $d (;0;) (offset i32.const 1 i32.const 2 i32.add) "a\"\\\00\ff")
          (@custom "note" (after data) "x")
        )

        """;

    [Test]
    public void Print_OfASample_IsTheText()
    {
        Assert.That(TextFormat.FromBinary(TextFormat.ToBinary(Sample)), Is.EqualTo(Sample.Replace(
            "if (result i32)", "if (result i32) ;; label = @1", StringComparison.Ordinal)));
    }

    [TestCase("(func $a) (func $b (@name \"a\")) (func $c (@name \"\")) (export \"x\" (func 1))")]
    [TestCase("(func (local $a i32) (local $b (@name \"a\") i32) local.get 1)")]
    [TestCase("(func block $a block $a br 0 br 1 end end)")]
    [TestCase("(func $\"a b\" call $\"a b\") (func $\"\\u{202e}\")")]
    [TestCase("(memory 1) (memory i64 1 2) (func i32.const 0 i32.load 1 drop memory.copy 1 0 memory.size 1)")]
    [TestCase("(func try_table (catch 0 0) (catch_all_ref 0) end) (tag)")]
    [TestCase("(func try catch 0 rethrow 0 catch_all end try delegate 0) (tag)")]
    [TestCase("(memory 0 1 shared (pagesize 1)) (func atomic.fence i32.const 0 i64.atomic.load offset=1 drop)")]
    [TestCase("(type (struct)) (func ref.null 0 br_on_cast 0 (ref null 0) (ref struct) ref.test (ref null any))")]
    [TestCase("(func select (result i32) v128.const i32x4 1 2 3 4)")]
    [TestCase("(func i8x16.shuffle 0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 31)")]
    [TestCase("(table 1 1 (ref func) (ref.func 0)) (elem (table 0) (i32.const 0) (ref func) (item ref.func 0)) (func)")]
    [TestCase("(@custom \"a\" (before first) \"\\00\") (@custom \"b\" \"\\ff\") (func) (@custom \"c\" (after type))")]
    public void Print_OfAModule_IsReadBackAsThat(string text)
    {
        byte[] module = TextFormat.ToBinary(text);

        string printed = TextFormat.FromBinary(module);

        Assert.That(TextFormat.ToBinary(printed), Is.EqualTo(module), printed);
    }

    [TestCase("00", "unexpected end")]
    [TestCase("0061736d02000000", "unknown binary version")]
    [TestCase("0061736d01000000ff00", "malformed section id")]
    [TestCase("0061736d01000000010100010100", "unexpected content after last section")]
    [TestCase("0061736d01000000010401600000030201000a05010300050b", "unexpected else")]
    [TestCase("0061736d01000000010401600000030201000a05010300ff0b", "illegal opcode")]
    [TestCase("0061736d0100000001040160000003020100", "function and code section have inconsistent lengths")]
    [TestCase("0061736d010000000104015f0141", "malformed value type")]
    [TestCase("0061736d0100000001020141", "malformed definition type")]
    public void Print_OfWhatIsNoModule_IsRefused(string module, string reason)
    {
        Assert.That(
            Assert.Throws<MalformedModuleException>(() => TextFormat.FromBinary(Convert.FromHexString(module)))!.Reason,
            Is.EqualTo(reason));
    }

    // A kilobyte of name section, type or locals can stand for as much text as there are functions.
    [TestCase("(type $t (func (param i32 i32 i32 i32 i32 i32 i32 i32))) ", "(func (type $t)) ")]
    [TestCase("(func $aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)", "(start 0)")]
    public void Text_LongerThanTheLimit_IsRefused(string once, string often)
    {
        string fields = often == "(start 0)"
            ? $"(elem func {string.Concat(Enumerable.Repeat("0 ", 1_000))})"
            : string.Concat(Enumerable.Repeat(often, 1_000));
        byte[] module = TextFormat.ToBinary(once + fields);

        Assert.That(
            Assert.Throws<ModuleLimitException>(
                () => TextFormat.FromBinary(module, maximumTextBytes: 20_000))!.Limit,
            Is.EqualTo("maximumTextBytes"));
        Assert.That(() => TextFormat.FromBinary(module), Throws.Nothing);
    }

    [Test]
    public void Locals_OfABillionInTenBytes_AreRefused()
    {
        byte[] module = Convert.FromHexString("0061736d01000000010401600000030201000a0a010801" + "ffffffff077f0b");

        Assert.That(
            () => TextFormat.FromBinary(module, maximumTextBytes: 1_000_000),
            Throws.TypeOf<ModuleLimitException>());
    }

    [Test]
    public void Blocks_NestedAHundredThousandTimes_MakeNoLongLines()
    {
        byte[] module = TextFormat.ToBinary(
            "(func " + string.Concat(Enumerable.Repeat("block ", 100_000))
            + string.Concat(Enumerable.Repeat("end ", 100_000)) + ")");

        string text = TextFormat.FromBinary(module);

        Assert.That(text, Has.Length.LessThan(15_000_000));
        Assert.That(TextFormat.ToBinary(text), Is.EqualTo(module));
    }

    [Test]
    public void NameSection_BrokenInTheMiddle_GivesTheNamesBeforeThat()
    {
        byte[] module =
        [
            .. TextFormat.ToBinary("(func) (func)"), 0, 13, 4, .. "name"u8, 1, 6, 2, 0, 1, (byte)'a', 1, 9,
        ];

        Assert.That(TextFormat.FromBinary(module), Does.Contain("(func $a (;0;)").And.Contain("(func (;1;)"));
    }
}
