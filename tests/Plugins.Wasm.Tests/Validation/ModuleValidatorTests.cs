using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Validation;

/// <summary>Each rule of WebAssembly 2.0, section 3.4, kept and broken.</summary>
internal sealed class ModuleValidatorTests
{
    [Test]
    public void Validate_OneOfEverything_IsValid() =>
        Assert.That(Verdict.Of(RichModule.Create()), Is.EqualTo(Verdict.Valid));

    [TestCaseSource(nameof(ValidModules))]
    public void Validate_RuleKept_IsValid(Func<ModuleBuilder, ModuleBuilder> change) =>
        Assert.That(Verdict.Of(change(new ModuleBuilder())), Is.EqualTo(Verdict.Valid));

    [TestCaseSource(nameof(InvalidModules))]
    public void Validate_RuleBroken_IsInvalid(string reason, Func<ModuleBuilder, ModuleBuilder> change)
    {
        Verdict verdict = Verdict.Of(change(new ModuleBuilder()));
        Assert.That(verdict.Kind, Is.EqualTo("invalid"));
        Assert.That(verdict.Reason, Does.StartWith(reason));
    }

    [Test]
    public void Validate_SecondExportOfAName_IsRefusedWhereItBegins()
    {
        byte[] wasm = new ModuleBuilder().Memory(1, export: "a").Export("a", ExternKind.Memory, 0).Build();
        Assert.That(Verdict.Of(wasm), Is.EqualTo(new Verdict("invalid", "duplicate export name", wasm.Length - 4)));
    }

    [Test]
    public void Validate_InitialSizes_OfImportsAreNotLimited() => Assert.That(
        Verdict.Of(
            new ModuleBuilder().ImportMemory("a", "m", 9).ImportTable("a", "t", 9),
            ModuleLimits.Default with { MemoryPages = 1, TableElements = 1 }),
        Is.EqualTo(Verdict.Valid));

    [TestCase(0u)]
    [TestCase(1u)]
    public void Validate_ReferenceDeclaredByExport_IsValid(uint function) => Assert.That(
        Verdict.Of(new ModuleBuilder()
            .ImportFunction("a", "f", [], [])
            .Function([], [], code => code.Op(Opcode.RefFunc, function).Drop())
            .Export("f", ExternKind.Function, function)),
        Is.EqualTo(Verdict.Valid));

    [Test]
    public void Validate_ReferenceDeclaredByStart_IsInvalid() => Assert.That(
        Verdict.Of(new ModuleBuilder()
            .Function([], [], code => code.Op(Opcode.RefFunc, 0).Drop()).Start(0)).Reason,
        Is.EqualTo("undeclared function reference"));

    private static TestCaseData Good(string name, Func<ModuleBuilder, ModuleBuilder> change) =>
        new TestCaseData(change).SetArgDisplayNames(name);

    private static TestCaseData Bad(string name, string reason, Func<ModuleBuilder, ModuleBuilder> change) =>
        new TestCaseData(reason, change).SetArgDisplayNames(name);

    private static IEnumerable<TestCaseData> ValidModules() =>
    [
        Good("largest memory", module => module.Memory(65_536, 65_536)),
        Good("table with the largest maximum", module => module.Table(0, uint.MaxValue)),
        Good("one name for an import and an export", module =>
            module.ImportMemory("a", "m", 1).Export("m", ExternKind.Memory, 0)),
        Good("global of an imported global", module => module
            .ImportGlobal("a", "g", F32).Global(F32, value: code => code.GlobalGet(0))),
        Good("segments at imported globals", module => module
            .ImportGlobal("a", "g", I32).Memory(1).Table(1)
            .Data(code => code.GlobalGet(0), [1]).Elements(code => code.GlobalGet(0))),
        Good("start", module => module.Function([], [], _ => { }).Start(0)),
    ];

    private static IEnumerable<TestCaseData> InvalidModules() =>
    [
        Bad("function of an unknown type", "unknown type 7", module => module.Function(7, [])),
        Bad("import of an unknown type", "unknown type 7", module => module.ImportFunction("a", "f", 7)),
        Bad("memory of two sizes", "size minimum must not be greater", module => module.Memory(2, 1)),
        Bad("table of two sizes", "size minimum must not be greater", module => module.Table(2, 1)),
        Bad("imported table of two sizes", "size minimum must not be greater", module =>
            module.ImportTable("a", "t", 2, 1)),
        Bad("memory too large", "memory size must be at most 65536 pages", module => module.Memory(65_537)),
        Bad("maximum too large", "memory size must be at most 65536 pages", module => module.Memory(0, 65_537)),
        Bad("imported memory too large", "memory size must be at most 65536 pages", module =>
            module.ImportMemory("a", "m", 65_537)),
        Bad("export of no function", "unknown function 0", module => module.Export("a", ExternKind.Function, 0)),
        Bad("export of no table", "unknown table 0", module => module.Export("a", ExternKind.Table, 0)),
        Bad("export of no memory", "unknown memory 0", module => module.Export("a", ExternKind.Memory, 0)),
        Bad("export of no global", "unknown global", module => module.Export("a", ExternKind.Global, uint.MaxValue)),
        Bad("exports of one name", "duplicate export name", module =>
            module.Memory(1, export: "a").Table(1, export: "a")),
        Bad("start of no function", "unknown function 1", module => module.Function([], [], _ => { }).Start(1)),
        Bad("start with a parameter", "start function", module => module.Function([I32], [], _ => { }).Start(0)),
        Bad("start with a result", "start function", module =>
            module.Function([], [I32], code => code.I32Const(0)).Start(0)),
        Bad("elements without table", "unknown table 0", module => module.Elements(0)),
        Bad("elements at no index", "type mismatch", module => module.Table(1).Elements(code => code.I64Const(0))),
        Bad("elements for a table of another type", "type mismatch", module => module
            .Table(1, kind: ExternRef).Elements(0)),
        Bad("elements of another type", "type mismatch", module =>
            module.PassiveReferences(FuncRef, item => item.RefNull(ExternRef))),
        Bad("elements of unknown functions", "unknown function 0", module => module.PassiveElements(0u)),
        Bad("data without memory", "unknown memory 0", module => module.Data(0, 1)),
        Bad("data in another memory", "unknown memory 1", module =>
            module.Memory(1).Data(code => code.I32Const(0), [1], memory: 1)),
        Bad("data at no index", "type mismatch", module => module.Memory(1).Data(code => code.F32Const(0), [])),
    ];
}
