using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Types;

internal sealed class TypeSectionTests
{
    private const string Sub = "50 00 60 00 00";

    [Test]
    public void Type_OfTwoModules_IsOneObject() => Assert.That(
        Read("60 01 7F 01 7E")[0], Is.SameAs(Read("60 00 00", "60 01 7F 01 7E")[1]));

    [Test]
    public void Type_OfAHost_IsTheModulesType() => Assert.That(
        new FunctionType([ValueKind.I32], [ValueKind.FuncRef]).Definition, Is.SameAs(Read("60 01 7F 01 70")[0]));

    [TestCase("60 00 00", "60 01 7F 00")]
    [TestCase("60 00 00", "4E 02 60 00 00 60 00 00", Description = "a larger group")]
    [TestCase("60 00 00", "50 00 60 00 00", Description = "not final")]
    [TestCase("5F 01 7F 00", "5F 01 7F 01", Description = "mutable")]
    [TestCase("5F 01 78 00", "5F 01 7F 00", Description = "packed")]
    [TestCase("5F 01 7F 00", "5E 7F 00", Description = "another form")]
    public void Type_OfAnotherStructure_IsAnother(string one, string other) =>
        Assert.That(Read(one)[0], Is.Not.SameAs(Read(other)[0]));

    [Test]
    public void Group_WithItsOwnTypes_IsTheSameAtAnyPlace()
    {
        const string Group = "4E 02 5F 01 7F 00 5F 01 7E 01";
        ModuleTypes first = Read(Group);
        ModuleTypes second = Read("60 00 00", Group);
        Assert.That(new[] { second[1], second[2] }, Is.EqualTo(new[] { first[0], first[1] }));
        Assert.That(first[0], Is.Not.SameAs(first[1]));
    }

    [Test]
    public void Group_WithoutTypes_AddsNone() => Assert.That(Read("4E 00", "60 00 00").Count, Is.EqualTo(1));

    [Test]
    public void Subtype_OfSubtypes_IsOneOfEach()
    {
        ModuleTypes types = Read(Sub, "50 01 00 60 00 00", "4F 01 01 60 00 00");
        Assert.That(types[2].IsSubtypeOf(types[0]) && types[2].IsSubtypeOf(types[1]) && types[1].IsSubtypeOf(types[0]));
        Assert.That(types[0].IsSubtypeOf(types[1]) || types[1].IsSubtypeOf(types[2]), Is.False);
        Assert.That((types[1].IsFinal, types[2].IsFinal), Is.EqualTo((false, true)));
    }

    [TestCase("5F 00", "50 01 00 5F 00", "a final type")]
    [TestCase(Sub, "50 01 00 5F 00", "another form")]
    [TestCase(Sub, "50 01 00 60 01 7F 00", "more parameters")]
    [TestCase("50 00 5F 01 7F 00", "50 01 00 5F 00", "fewer fields")]
    [TestCase("50 00 5F 01 7F 01", "50 01 00 5F 01 7F 00", "a field that became constant")]
    [TestCase("50 00 5F 01 7F 00", "50 01 00 5F 01 7E 00", "a field of another type")]
    [TestCase("50 00 5E 7F 01", "50 01 00 5E 7E 01", "elements of another type")]
    public void Subtype_ThatDoesNotMatch_IsInvalid(string supertype, string type, string what) => Assert.That(
        Reader(supertype, type).FirstInvalid?.Reason, Is.EqualTo("sub type 1 does not match"), what);

    [TestCase("50 00 5F 00", "50 01 00 5F 01 7F 00", "more fields")]
    [TestCase("50 00 5F 01 70 00", "50 01 00 5F 01 70 00", "the same fields")]
    public void Subtype_ThatMatches_IsValid(string supertype, string type, string what) =>
        Assert.That(Reader(supertype, type).FirstInvalid, Is.Null, what);

    [TestCase("50 01 00 60 00 00", Description = "itself")]
    [TestCase("50 01 05 60 00 00", Description = "one that there is not")]
    public void Supertype_NotBefore_IsInvalid(string type) =>
        Assert.That(Reader(type).FirstInvalid?.Reason, Does.StartWith("unknown type"));

    [Test]
    public void Supertypes_TooMany_AreRefused()
    {
        string[] chain = [Sub, .. Enumerable.Range(0, 64).Select(index => $"50 01 {index:X2} 60 00 00")];
        Assert.That(() => Reader(chain[..64]).FirstInvalid, Is.Null);
        Assert.That(() => Reader(chain), Throws.TypeOf<ModuleLimitException>()
            .With.Property(nameof(ModuleLimitException.Limit)).EqualTo(nameof(ModuleLimits.SubtypingDepth)));
    }

    [TestCase("4E 02 60 00 00", "unexpected end of section or function")]
    [TestCase("50 02 00 00 60 00 00", "malformed sub type")]
    [TestCase("50 00 61 00 00", "malformed function type")]
    [TestCase("5F 01 7F 02", "malformed mutability")]
    public void Type_Malformed_IsRefused(string type, string reason) => Assert.That(
        () => Reader(type), Throws.TypeOf<MalformedModuleException>().With.Property("Reason").EqualTo(reason));

    [Test]
    public void Types_OverTheLimit_AreRefused()
    {
        ModuleLimits limits = ModuleLimits.Default with { Types = 2 };
        Assert.That(
            () => Reader(limits, "60 00 00", "4E 02 60 00 00 60 00 00"), Throws.TypeOf<ModuleLimitException>());
    }

    [Test]
    public void Number_OfATypeThatIsGone_IsGivenAgain()
    {
        HashSet<int> numbers = [];
        for (int i = 0; i < 40; i++)
        {
            numbers.Add(NumberOfNew(i));
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(numbers, Has.Count.LessThan(40));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static int NumberOfNew(int fields) =>
        Read($"5F {fields + 40:X2} {string.Join(' ', Enumerable.Repeat("7D 01", fields + 40))}")[0].Number;

    private static ModuleTypes Read(params string[] types)
    {
        ModuleReader reader = new(Content(types));
        return new TypeSectionReader(ModuleLimits.Default, default).Read(ref reader);
    }

    private static TypeSectionReader Reader(params string[] types) => Reader(ModuleLimits.Default, types);

    private static TypeSectionReader Reader(ModuleLimits limits, params string[] types)
    {
        ModuleReader reader = new(Content(types));
        TypeSectionReader section = new(limits, default);
        section.Read(ref reader);
        return section;
    }

    private static byte[] Content(string[] types) => [(byte)types.Length, .. types.SelectMany(type => Hex.Bytes(type))];
}
