using Plugins.Wasm.Diagnostics.Demangling;

namespace Plugins.Wasm.Tests.Diagnostics.Demangling;

internal sealed class DemanglerTests
{
    internal static string[][] Names { get; } =
    [
        .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Diagnostics/Demangling/mangled-names.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t')),
    ];

    [Test]
    public void Names_OfRealPrograms_ReadAsTheirToolchainsWriteThem() => Assert.That(
        Names.Select(name => Demangler.TryDemangle(name[0])), Is.EqualTo(Names.Select(name => name[1])));

    [TestCase("")]
    [TestCase("_")]
    [TestCase("_Z")]
    [TestCase("_ZN")]
    [TestCase("_R")]
    [TestCase("main")]
    [TestCase("_start")]
    [TestCase("assembly/index/greet")]
    [TestCase("_ZN3foo")]
    [TestCase("_ZN3fooEvE")]
    [TestCase("_ZN99999999999fooE")]
    [TestCase("_ZN3foo17h0123456789abcdefE_")]
    [TestCase("_RNvC1a99b")]
    [TestCase("_RNvC1a1bX")]
    [TestCase("_RNvB_1b")]
    [TestCase("_R2NvC1a1b")]
    public void Name_OfNoCompiler_StaysAsItIs(string name) => Assert.That(Demangler.TryDemangle(name), Is.Null);

    // The hash tells Rust's first scheme from C++; what follows a dot is the optimiser's.
    [TestCase("_ZN3app4main17h0123456789abcdefE", "app::main")]
    [TestCase("_ZN3app4main17h0123456789abcdefE.llvm.4711", "app::main")]
    [TestCase("_ZN3app4main17h0123456789ABCDEFE", "app::main::h0123456789ABCDEF")]
    [TestCase("_ZN3app12_$u7b$$u7d$a17h0123456789abcdefE", "app::{}a")]
    [TestCase("_ZN3app10$XX$$u110$17h0123456789abcdefE", "app::$XX$Đ")]
    [TestCase("_ZN3app4mainEv.isra.0", "app::main()")]
    [TestCase("_RNvC3app4main.llvm.4711", "app::main")]
    public void Suffix_OfAName_IsLeftOut(string name, string expected) =>
        Assert.That(Demangler.TryDemangle(name), Is.EqualTo(expected));

    [TestCase("_RINvC1a1bpE", "a::b::<_>")]
    [TestCase("_RINvC1a1bKb1_KcA_Kc41_Kin5_Kj41_E", @"a::b::<true, '\u{A}', 'A', -5, 65>")]
    [TestCase("_RINvC1a1bKe1_E", null)]
    [TestCase("_RINvC1a1bKo123456789abcdef01_E", "a::b::<0x123456789abcdef01>")]
    [TestCase("_RINvC1a1bTlEE", "a::b::<(i32,)>")]
    [TestCase("_RINvC1a1bFG0_RL1_hRL0_tEuE", "a::b::<for<'a, 'b> fn(&'a u8, &'b u16)>")]
    [TestCase("_RINvC1a1bFUKCPhOsEzE", "a::b::<unsafe extern \"C\" fn(*const u8, *mut i16) -> !>")]
    [TestCase("_RINvC1a1bDNtC1a5TraitEL_E", "a::b::<dyn a::Trait>")]
    [TestCase("_RINvC1a1bDINtC1a5TraitlEp4ItemhEL_E", "a::b::<dyn a::Trait<i32, Item = u8>>")]
    [TestCase("_RNCNvC1a1bs_0", "a::b::{closure#1}")]
    [TestCase("_RNSNvC1a1b6vtable", "a::b::{shim:vtable#0}")]
    public void Type_OfRust_IsWrittenAsInTheSource(string name, string? expected) =>
        Assert.That(Demangler.TryDemangle(name), Is.EqualTo(expected));

    [TestCase("_Z1fPA3_A4_i", "f(int (*) [3][4])")]
    [TestCase("_Z1fPFPFvvEiE", "f(void (* (*)(int))())")]
    [TestCase("_Z1fIJiRcEEvDpT_", "void f<int, char&>(int, char&)")]
    [TestCase("_Z1fIRiEvOT_", "void f<int&>(int&)")]
    [TestCase("_ZN1a1bIXadL_Z1cvEEE1dEv", null)]
    [TestCase("_Z1fIXL_Z1gvEEEvv", null)]
    [TestCase("_Z1fIL_Z1gvEEvv", "void f<g()>()")]
    [TestCase("_ZNKRVN1a1bE", null)]
    [TestCase("_ZTv0_n24_N1a1bEv", "virtual thunk to a::b()")]
    [TestCase("_ZTW1a", "thread-local wrapper routine for a")]
    [TestCase("_ZZ1fvENKUlT_E_clIiEEDaS_", "auto f()::'lambda'(auto)::operator()<int>(auto) const")]
    public void Type_OfCpp_IsWrittenAsInTheSource(string name, string? expected) =>
        Assert.That(Demangler.TryDemangle(name), Is.EqualTo(expected));
}
