using System.Text;

namespace Plugins.Wasm.Tests.Text;

public sealed class ModuleParserTests
{
    [Test]
    public void Parse_AModuleThatAdds_Adds()
    {
        Module module = Module.Parse("""
            (module
              (func (export "add") (param $a i32) (param $b i32) (result i32)
                (i32.add (local.get $a) (local.get $b))))
            """);
        using var store = new Store();

        Func<int, int, int> add =
            new Instance(store, module).GetFunction("add").CreateDelegate<Func<int, int, int>>();

        Assert.That(add(2, 3), Is.EqualTo(5));
    }

    [TestCase("", "")]
    [TestCase("(module)", "")]
    [TestCase("(module $m)", "")]
    [TestCase("(func)", "010401600000 03020100 0a040102000b")]
    [TestCase("(module (func))", "010401600000 03020100 0a040102000b")]
    public void Module_WithAndWithoutParentheses_IsTheSame(string text, string sections)
    {
        Assert.That(TextCode.SectionsOf(text), Is.EqualTo(sections));
    }

    [TestCase("(memory 1 2)", "050401010102")]
    [TestCase("(memory i64 1)", "0503010401")]
    [TestCase("(memory 1 2 shared)", "050401030102")]
    [TestCase("(memory 0 (pagesize 1))", "050401080000")]
    [TestCase("""(memory (data "abc"))""", "050401010101 0b09010041000b03616263")]
    [TestCase("""(memory (pagesize 1) (data "abc"))""", "05050109030300 0b09010041000b03616263")]
    [TestCase("""(memory i64 (data "a" "b"))""", "050401050101 0b08010042000b026162")]
    [TestCase("(table 1 funcref)", "040401700001")]
    [TestCase("(table i64 1 2 (ref null func))", "04050170050102")]
    [TestCase("(table 1 externref (ref.null extern))", "04090140006f0001d06f0b")]
    [TestCase("(global (mut i64) (i64.const -1))", "0606017e01427f0b")]
    [TestCase("""(import "a" "b" (global i32))""", "02080101610162037f00")]
    [TestCase("""(global (import "a" "b") i32)""", "02080101610162037f00")]
    [TestCase("""(memory (export "m") (export "n") 0)""", "0503010000 070902016d0200016e0200")]
    [TestCase("""(tag (import "a" "b"))""", "010401600000 02080101610162040000")]
    public void Field_OfEachKind_IsEncoded(string text, string sections)
    {
        Assert.That(TextCode.SectionsOf(text), Is.EqualTo(sections));
    }

    [TestCase("(table funcref (elem 0 0))", "04050170010202 0908010041000b020000")]
    [TestCase("(table funcref (elem (ref.func 0)))", "04050170010101 0909010441000b01d2000b")]
    [TestCase("(elem func 0)", "09050101000100")]
    [TestCase("(elem declare func 0)", "09050103000100")]
    [TestCase("(elem externref (item ref.null extern))", "090701056f01d06f0b")]
    [TestCase("(elem declare funcref (ref.func 0))", "090701077001d2000b")]
    [TestCase("(table 1 funcref) (elem (i32.const 0) 0)", "040401700001 0907010041000b0100")]
    [TestCase("(table 1 funcref) (elem (offset i32.const 0) func 0)", "040401700001 0907010041000b0100")]
    [TestCase("(table 1 funcref) (elem (table 0) (i32.const 0) func)", "040401700001 090801020041000b0000")]
    [TestCase("(table 1 funcref) (elem (i32.const 0) funcref (ref.func 0))", "040401700001 0909010441000b01d2000b")]
    [TestCase("(table 1 externref) (elem (i32.const 0) externref)", "0404016f0001 090801060041000b6f00")]
    public void ElementSegment_OfEachForm_IsEncoded(string text, string sections)
    {
        const string Function = "010401600000 03020100 ", Code = " 0a040102000b";

        Assert.That(TextCode.SectionsOf($"(func) {text}"), Is.EqualTo($"{Function}{sections}{Code}"));
    }

    [TestCase("(type (func (param i32 i64) (result f32)))", "01070160027f7e017d")]
    [TestCase("(type (struct (field $a i8) (field (mut i16) (ref 0))))", "010a015f0378007701640000")]
    [TestCase("(type (array (mut anyref)))", "0104015e6e01")]
    [TestCase("(type (sub (func)))", "0106015000600000")]
    [TestCase("(type (sub final (func)))", "010401600000")]
    [TestCase("(type $a (sub (func))) (type (sub final $a (func)))", "010c0250006000004f0100600000")]
    [TestCase("(rec (type $a (func (param (ref $b)))) (type $b (func)))", "010b014e026001640100600000")]
    public void Type_OfEachForm_IsEncoded(string text, string sections)
    {
        Assert.That(TextCode.SectionsOf(text), Is.EqualTo(sections));
    }

    [Test]
    public void Function_WithoutATypeOfItsOwn_TakesTheFirstThatFitsOrANewOne()
    {
        string sections = TextCode.SectionsOf("""
            (type (sub (func (param i32))))
            (type $fits (func (param i32)))
            (func (param i32)) (func (result i64) unreachable) (func (type $fits)) (func (result i64) unreachable)
            """);

        // Types 0 and 1 are declared, 2 is new.
        Assert.That(sections, Does.StartWith("010f03500060017f0060017f006000017e 03050401020102"));
    }

    [Test]
    public void Identifiers_OfAllKinds_BecomeTheNameSection()
    {
        byte[] module = TextFormat.ToBinary("""
            (module $m (type $t (struct (field $x i32))) (func $f (@name "a b") (local $l i32) block $b end) (tag $"é"))
            """);

        string text = Encoding.UTF8.GetString(module);
        Assert.That(text, Does.Contain("\u0004name\0\u0002\u0001m"));
        foreach (string name in new[] { "a b", "\u0001l", "\u0001b", "\u0001t", "\u0001x", "\u0002é" })
        {
            Assert.That(text, Does.Contain(name));
        }
    }

    [Test]
    public void CustomSections_AsAnnotations_StandWhereTheySay()
    {
        byte[] module = TextFormat.ToBinary("""
            (module (@custom "z" "3\00") (@custom "a" (before first) "1") (func) (@custom "m" (after type) "2"))
            """);

        Assert.That(
            Convert.ToHexStringLower(module.AsSpan(8)),
            Is.EqualTo("0003016131010401600000" + "0003016d32" + "03020100" + "0a040102000b" + "0004017a3300"));
    }

    [TestCase("(func) (import \"a\" \"b\" (func))", "import after function")]
    [TestCase("(memory 0) (table (import \"a\" \"b\") 1 funcref)", "import after memory")]
    [TestCase("(func $a) (func $a)", "duplicate func $a")]
    [TestCase("(func (param $a i32) (local $a i32))", "duplicate local $a")]
    [TestCase("(start 0) (start 0)", "multiple start sections")]
    [TestCase("(type (struct (field $a i32) (field $a i32)))", "duplicate field $a")]
    [TestCase("(type (func)) (func (type 0) (param i32))", "inline function type is not the type that it names")]
    [TestCase("(func (type 3) (param i32))", "unknown type 3")]
    [TestCase("(export \"a\" (func $b))", "unknown func $b")]
    [TestCase("(export \"\\ff\" (func 0))", "malformed UTF-8 encoding")]
    [TestCase("(func (result i32) (param i32))", "unexpected token (")]
    [TestCase("(memory 1 (pagesize 3))", "invalid custom page size: no power of two")]
    [TestCase("(funk)", "unexpected token funk")]
    [TestCase("(module) (module)", "unexpected token (")]
    [TestCase("(module (func)", "unexpected token: the text ends here")]
    [TestCase("(func))", "unexpected token )")]
    [TestCase("(@custom \"a\" (before tail))", "unexpected token tail")]
    public void Field_Malformed_IsRefused(string text, string reason)
    {
        Assert.That(TextCode.FaultOf(text).Reason, Is.EqualTo(reason));
    }

    [Test]
    public void Fault_SomewhereInTheText_HasLineAndColumn()
    {
        MalformedTextException fault = TextCode.FaultOf("(module\n  (func (; é\n ;)\té))");

        Assert.That((fault.Line, fault.Column), Is.EqualTo((3, 5)));
        Assert.That(fault.Message, Is.EqualTo("Malformed text at line 3, column 5: illegal character."));
    }

    [Test]
    public void Text_WithHalfASurrogatePair_IsRefusedThere()
    {
        MalformedTextException fault = TextCode.FaultOf("(module\n;; \ud800\n)");

        Assert.That((fault.Line, fault.Column, fault.Reason), Is.EqualTo((2, 4, "malformed UTF-8 encoding")));
    }

    [Test]
    public void Utf8_ThatIsNone_IsRefusedThere()
    {
        MalformedTextException fault = Assert.Throws<MalformedTextException>(
            () => TextFormat.ToBinary([.. "(module ;; "u8, 0xC3, 0x28]))!;

        Assert.That((fault.Line, fault.Column), Is.EqualTo((1, 12)));
    }

    [Test]
    public void Text_LongerThanTheLimit_IsRefused()
    {
        const int Limit = 8;

        Assert.That(TextFormat.ToBinary("(module)", Limit), Has.Length.EqualTo(8));
        Assert.That(
            Assert.Throws<ModuleLimitException>(() => TextFormat.ToBinary("(module) ", Limit))!.Limit,
            Is.EqualTo("maximumTextBytes"));
        Assert.That(() => TextFormat.ToBinary(";;éééé"u8, Limit), Throws.TypeOf<ModuleLimitException>());
        Assert.That(() => TextFormat.ToBinary(";;éééé", Limit), Throws.TypeOf<ModuleLimitException>());
    }

    [Test]
    public void Text_WithoutEnd_CanBeCancelled()
    {
        string text = "(module " + string.Concat(Enumerable.Repeat("(func) ", 10_000)) + ")";

        Assert.That(
            () => TextFormat.ToBinary(text, cancellationToken: new CancellationToken(canceled: true)),
            Throws.TypeOf<OperationCanceledException>());
    }
}
