using System.Reflection;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Binary;

/// <summary>Every limit on a module: one less than it needs refuses it, and exactly what it needs does not.</summary>
internal sealed class ModuleDecoderLimitTests
{
    private static readonly byte[] Large = new ModuleBuilder()
        .Type([], [])
        .Type([I32, I32, I32], [])
        .Type([], [I32, I32])
        .ImportFunction("env", "callback", 0)
        .ImportTable("env", "table", 1)
        .ImportGlobal("env", "global", I32)
        .Function(
            1,
            CodeBuilder.Bytes(code => code.Block().Block().I32Const(1).I32Const(2).BrTable(0, 1, 0, 1).End().End()),
            [(4, F32)],
            "run")
        .Table(6)
        .Memory(2)
        .Global(I32)
        .Elements(0, 1, 1)
        .PassiveElements(1, 1, 1)
        .PassiveData(1)
        .PassiveData(2)
        .Export("seventeen letters", ExternKind.Function, 0)
        .Build();

    [TestCase(nameof(ModuleLimits.Types), 3)]
    [TestCase(nameof(ModuleLimits.Functions), 2)]
    [TestCase(nameof(ModuleLimits.Imports), 3)]
    [TestCase(nameof(ModuleLimits.Exports), 2)]
    [TestCase(nameof(ModuleLimits.Globals), 2)]
    [TestCase(nameof(ModuleLimits.Tables), 2)]
    [TestCase(nameof(ModuleLimits.Memories), 1)]
    [TestCase(nameof(ModuleLimits.DataSegments), 2)]
    [TestCase(nameof(ModuleLimits.ElementSegments), 2)]
    [TestCase(nameof(ModuleLimits.TableElements), 6)]
    [TestCase(nameof(ModuleLimits.MemoryPages), 2)]
    [TestCase(nameof(ModuleLimits.FunctionBodyBytes), 20)]
    [TestCase(nameof(ModuleLimits.Locals), 7)]
    [TestCase(nameof(ModuleLimits.Parameters), 3)]
    [TestCase(nameof(ModuleLimits.Results), 2)]
    [TestCase(nameof(ModuleLimits.BranchTableTargets), 3)]
    [TestCase(nameof(ModuleLimits.NestingDepth), 2)]
    [TestCase(nameof(ModuleLimits.Operands), 2)]
    [TestCase(nameof(ModuleLimits.NameBytes), 17)]
    public void Limit_OneBelowNeed_Refuses(string limit, int need)
    {
        Assert.That(Verdict.Of(Large, With(limit, need)), Is.EqualTo(Verdict.Valid));
        Assert.That(Verdict.Of(Large, With(limit, need - 1)).ToString(), Is.EqualTo($"limit: {limit}"));
    }

    [Test]
    public void ModuleBytes_OneBelowNeed_Refuses()
    {
        ModuleLimits limits = ModuleLimits.Default with { ModuleBytes = Large.Length };
        Assert.That(Verdict.Of(Large, limits), Is.EqualTo(Verdict.Valid));
        Assert.That(
            Verdict.Of(Large, limits with { ModuleBytes = Large.Length - 1 }).ToString(),
            Is.EqualTo("limit: ModuleBytes"));
    }

    [Test]
    public void Limit_PassedOneByOne_IsNoticedAtEachImport() => Assert.That(
        Verdict.Of(
            new ModuleBuilder().ImportTable("a", "b", 1).ImportTable("a", "c", 1),
            ModuleLimits.Default with { Tables = 1 }).ToString(),
        Is.EqualTo("limit: Tables"));

    [Test]
    public void TableElements_OfAllSegmentsTogether_AreLimited()
    {
        ModuleBuilder module = new ModuleBuilder().PassiveElements(0, 0).PassiveElements(0, 0);
        module.Function([], [], code => code.Op(Opcode.Nop));
        Assert.That(Verdict.Of(module, With("TableElements", 4)), Is.EqualTo(Verdict.Valid));
        Assert.That(Verdict.Of(module, With("TableElements", 3)).ToString(), Is.EqualTo("limit: TableElements"));
    }

    [Test]
    public void CustomSections_OverTheLimit_AreRefusedBeforeTheyCostMemory()
    {
        byte[] module = ModuleBuilder.Assemble([.. Enumerable.Repeat(new byte[] { 0, 1, 0 }, 1_000_000)]);
        Verdict? verdict = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        verdict = Verdict.Of(module, With("CustomSections", 1_000));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(2 * module.Length));
        Assert.That(verdict.ToString(), Is.EqualTo("limit: CustomSections"));
    }

    [Test]
    public void TableElements_OfOneSegment_AreLimited() => Assert.That(
        Verdict.Of(
            new ModuleBuilder().PassiveElements(0, 0, 0), ModuleLimits.Default with { TableElements = 2 }).ToString(),
        Is.EqualTo("limit: TableElements"));

    [Test]
    public void DataCount_OverTheLimit_IsRefused() => Assert.That(
        Verdict.Of(new ModuleBuilder().DataCount(100_001)).ToString(), Is.EqualTo("limit: DataSegments"));

    [Test]
    public void Refusal_CarriesNumbersAndOffset()
    {
        ModuleLimitException refusal = Assert.Throws<ModuleLimitException>(
            () => ModuleDecoder.Decode(new ModuleBuilder().Table(1).Table(1).Build(), With("Tables", 1)))!;
        Assert.That(
            (refusal.Limit, refusal.Allowed, refusal.Actual, refusal.Offset), Is.EqualTo(("Tables", 1L, 2L, 10)));
    }

    private static IEnumerable<PropertyInfo> Limits =>
        typeof(ModuleLimits).GetProperties().Where(property => property.CanWrite);

    [TestCaseSource(nameof(Limits))]
    public void EveryLimit_AboveItsCeilingOrNegative_IsRefusedWithTheCeiling(PropertyInfo limit)
    {
        int ceiling = (int)limit.GetValue(ModuleLimits.Default)!;
        foreach (int value in (int[])[ceiling + 1, int.MaxValue, -1, int.MinValue])
        {
            ArgumentOutOfRangeException refusal =
                Assert.Throws<ArgumentOutOfRangeException>(() => Module.Describe([], With(limit.Name, value)))!;
            Assert.That((refusal.ParamName, refusal.ActualValue), Is.EqualTo((limit.Name, value)));
            Assert.That(refusal.Message, Does.Contain($"ModuleLimits.{limit.Name} must be from 0 to {ceiling}"));
            Assert.That(
                With(limit.Name, value).FindFaults(),
                Is.EqualTo(new[] { $"{limit.Name} is out of range: it must be from 0 to {ceiling}." }));
        }
    }

    [TestCaseSource(nameof(Limits))]
    public void EveryLimit_UpToItsCeiling_IsKept(PropertyInfo limit)
    {
        int ceiling = (int)limit.GetValue(ModuleLimits.Default)!;
        foreach (int value in (int[])[0, 1, ceiling])
        {
            Assert.That(limit.GetValue(With(limit.Name, value)), Is.EqualTo(value));
        }
    }

    private static ModuleLimits With(string limit, int value)
    {
        ModuleLimits limits = ModuleLimits.Default with { };
        typeof(ModuleLimits).GetProperty(limit)!.SetValue(
            limits, value, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);
        return limits;
    }
}
