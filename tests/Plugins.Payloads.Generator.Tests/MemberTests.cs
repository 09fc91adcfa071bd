using Plugins.Payloads.Generator.Tests.Samples;
using Plugins.Payloads.Generator.Tests.Support;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Generator.Tests;

public sealed class MemberTests
{
    [Test]
    public void Required_Missing_IsRefusedWithAllNames()
    {
        MessagePackException refusal = Documents.Refusal<Shop.Order>(("Customer", "c"));

        Assert.That(refusal.Problem, Is.EqualTo(MessagePackProblem.MissingMember));
        Assert.That(refusal.Name, Is.EqualTo("Id, Lines"));
        Assert.That(refusal.Offset, Is.Zero);
    }

    [Test]
    public void Required_MissingInAnElement_IsRefusedWithItsPath()
    {
        MessagePackException refusal = Documents.Refusal<Shop.Order>(
            ("Id", 1), ("Customer", "c"), ("Lines", new object[] { new (object, object?)[] { ("Article", "a") } }));

        Assert.That(refusal.Path, Is.EqualTo("$.Lines[0]"));
        Assert.That(refusal.Name, Is.EqualTo("Count, Price"));
    }

    [Test]
    public void Required_OfManyMembers_AreAllChecked()
    {
        MessagePackException refusal = Documents.Refusal<Wide>(("M00", 1), ("M64", 2));

        Assert.That(refusal.Name, Is.EqualTo("M63, M69"));
    }

    [Test]
    public void ManyMembers_All_AreKept()
    {
        var value = new Wide { M00 = 1, M63 = 2, M64 = 3, M69 = 4, M01 = 5, M68 = 6 };

        Wide read = Documents.Read<Wide>(Documents.Write(value));

        Assert.That(Outline.Of(Documents.Write(read)), Is.EqualTo(Outline.Of(Documents.Write(value))));
        Assert.That((read.M00, read.M63, read.M64, read.M69, read.M01, read.M68), Is.EqualTo((1, 2, 3, 4, 5, 6)));
    }

    [TestCase("M00")]
    [TestCase("M63")]
    [TestCase("M64")]
    [TestCase("M65")]
    public void ManyMembers_OneTwice_IsRefused(string name)
    {
        MessagePackException refusal = Documents.Refusal<Wide>(("M01", 1), (name, 1), (name, 1));

        Assert.That(refusal.Problem, Is.EqualTo(MessagePackProblem.DuplicateKey));
    }

    [Test]
    public void Member_Twice_IsRefusedAtTheSecond()
    {
        MessagePackException refusal = Documents.Refusal<Shop.Closed>(("Known", 1), ("Known", 1));

        Assert.That(refusal.Problem, Is.EqualTo(MessagePackProblem.DuplicateKey));
        Assert.That((refusal.Name, refusal.Offset), Is.EqualTo(("Known", 8)));
    }

    [Test]
    public void Member_ComputedTwice_IsRefusedToo() => Assert.That(
        Documents.Refusal<Strict.OneWay>(("Computed", 1), ("Computed", 1)).Problem,
        Is.EqualTo(MessagePackProblem.DuplicateKey));

    [Test]
    public void Unknown_ByDefault_IsSkipped() => Assert.That(
        Documents.Read<Shop.Point>(("X", 1), ("Z", new object[] { 1, "a" }), ("Y", 2)),
        Is.EqualTo(new Shop.Point(1, 2)));

    [Test]
    public void Unknown_WhereDisallowed_IsRefused()
    {
        MessagePackException refusal = Documents.Refusal<Shop.Closed>(("Known", 1), ("known", 1));

        Assert.That((refusal.Problem, refusal.Name), Is.EqualTo((MessagePackProblem.UnknownMember, "known")));
    }

    [Test]
    public void Unknown_WithInvalidName_IsRefused()
    {
        byte[] document = [0x81, 0xA1, 0xFF, 0x01];

        Assert.That(
            Documents.Refusal<Shop.Point>(document).Problem, Is.EqualTo(MessagePackProblem.InvalidUnicode));
    }

    [Test]
    public void Setter_WithoutDocumentValue_IsNotCalled() =>
        Assert.That(Documents.Read<Shop.Address>(("Street", "s")).Country, Is.EqualTo("CH"));

    [Test]
    public void InitOnly_WithoutDocumentValue_KeepsItsInitializer()
    {
        Shop.InitOnly read = Documents.Read<Shop.InitOnly>(("Name", "n"));

        Assert.That((read.Kept, read.Name, read.Plain), Is.EqualTo((42, "n", (string?)null)));
    }

    [Test]
    public void InitOnly_OfABase_KeepsItsInitializer()
    {
        Strict.Derived read = Documents.Read<Strict.Derived>(("Id", 1), ("Name", "n"), ("Late", 9));

        Assert.That(read, Is.EqualTo(new Strict.Derived(1, "n") { Late = 9 }));
    }

    [Test]
    public void Parameter_WithoutDocumentValue_HasItsDefault() =>
        Assert.That(Documents.Read<Shop.Defaults>(), Is.EqualTo(new Shop.Defaults()));

    [Test]
    public void RequiredMember_SetByTheConstructor_IsOptional() =>
        Assert.That(Documents.Read<Strict.SetsRequired>(("Count", 1)).Name, Is.EqualTo("made"));

    [Test]
    public void RequiredByAttribute_Missing_IsRefused() =>
        Assert.That(Documents.Refusal<Strict.SetsRequired>(("Name", "n")).Name, Is.EqualTo("Count"));

    [Test]
    public void RequiredField_OfAStructure_IsRequired()
    {
        Assert.That(Documents.Refusal<Strict.Loose>(("Other", 1)).Name, Is.EqualTo("Field"));
        Assert.That(Documents.Read<Strict.Loose>(("Field", 2)).Field, Is.EqualTo(2));
    }

    [Test]
    public void OneWay_Members_GoOneWay()
    {
        Strict.OneWay read = Documents.Read<Strict.OneWay>(("OnlyWritten", 1), ("OnlyRead", 2), ("Computed", 3));

        Assert.That((read.OnlyWritten, read.OnlyRead), Is.EqualTo((0, 2)));
        Assert.That(Outline.Of(Documents.Write(read)), Is.EqualTo("{OnlyWritten,Computed}"));
    }

    [Test]
    public void Ignored_Members_AreUnknown() =>
        Assert.That(Documents.Read<Shop.Named>(("Secret", "s"), ("id", 1)).Secret, Is.Null);
}
