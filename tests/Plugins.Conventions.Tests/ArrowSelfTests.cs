using Plugins.Conventions.Tests.Arrows;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests;

/// <summary>The check of the arrows, shown what it must and must not find.</summary>
public sealed class ArrowSelfTests
{
    private const string Naming =
        "class B { string M() => nameof(A); void N() => System.ObjectDisposedException.ThrowIf(true, typeof(A)); }";

    private static readonly SourceFile High = new("High/A.cs", "class A { B _b; }");
    private static readonly SourceFile Low = new("Low/B.cs", "class B { public const int C = 1; }");

    [Test]
    public void Reference_ThatThePageDraws_IsNoFault() =>
        Assert.That(Faults("| `High` | x | `Low` |\n| `Low` | y | |", High, Low), Is.Empty);

    [TestCase("class B { A _a; }")]
    [TestCase("class B : A;")]
    [TestCase("class B { void M() { var a = Top.Make(); } }")]
    [TestCase("class B { int M() => A.Number; }")]
    [TestCase("class B { bool M(object o) => o is A { }; }")]
    [TestCase("class B { void M<T>() where T : A { } }")]
    [TestCase("[A] class B;")]
    public void Reference_ThatThePageLacks_IsAFault(string low)
    {
        SourceFile high = new("High/A.cs", "class A : System.Attribute { public const int Number = 1; }");
        SourceFile top = new("Top.cs", "static class Top { public static A Make() => new(); }");
        Assert.That(
            Faults("| `High` | x | |\n| `Low` | y | |", high, top, new("Low/B.cs", low)),
            Has.Some.StartsWith("`Low` refers to `High`: Low/B.cs:1 names "));
    }

    [Test]
    public void Name_InAMessage_IsNoReference() => Assert.That(
        Faults("| `High` | x | |\n| `Low` | y | |", new("High/A.cs", "class A;"), new("Low/B.cs", Naming)), Is.Empty);

    [Test]
    public void Reference_ToTheRoot_IsAFaultUnlessTheFileIsInAPart()
    {
        SourceFile root = new("Error.cs", "class Error;");
        SourceFile low = new("Low/B.cs", "class B : Error;");
        Assert.That(Faults("| `Low` | y | |", root, low), Has.Length.EqualTo(1));
        Assert.That(Faults("| `Low` | y | `Error` |\n| `Error` | z | |", root, low), Is.Empty);
    }

    [Test]
    public void Reference_ToAMember_GoesToThePartOfItsFile()
    {
        SourceFile[] files =
        [
            new("M.cs", "partial class M { public int Size; }"),
            new("M.Compile.cs", "partial class M { public static M Compile() => Low.B.Make(); }"),
            new("Low/B.cs", "namespace Low; class B { public static M Make() { M m = null!; _ = m.Size; return m; } }"),
            new("Lowest/C.cs", "class C { int N() => M.Limit; }"),
            new("M.Limits.cs", "partial class M { public const int Limit = 1; }"),
        ];
        const string Page = "| `M.Compile` | x | `Low`, `M` |\n| `Low` | y | `M` |\n| `M` | z | |\n"
            + "| `Lowest` | v | `M.Limits` |\n| `M.Limits` | w | |";
        Assert.That(Faults(Page, files), Is.Empty);
    }

    [Test]
    public void Arrow_ThatNothingNeeds_IsAFault() => Assert.That(
        Faults("| `High` | x | |\n| `Low` | y | `High` |", new("High/A.cs", "class A;"), Low),
        Is.EqualTo(new[] { "`Low` does not refer to `High`, as the page says" }));

    [Test]
    public void Arrows_InACycle_AreAFault() => Assert.That(
        Faults("| `High` | x | `Low` |\n| `Low` | y | `High` |", High, new("Low/B.cs", "class B { A _a; }")),
        Has.Some.StartsWith("a cycle: "));

    [TestCase("| `High` | x | `Low` |", "Low/B.cs: its folder is in no part")]
    [TestCase("| `High` | x | `Low` |\n| `Low` | y | |\n| `Gone` | z | |", "`Gone` is no folder or file")]
    [TestCase("| `High` | x | `Low`, `Gone` |\n| `Low` | y | |", "`High` refers to `Gone`, which is no part")]
    public void Page_ThatDoesNotFitTheFolders_IsAFault(string page, string fault) =>
        Assert.That(Faults(page, High, Low), Does.Contain(fault));

    private static string[] Faults(string rows, params SourceFile[] files)
    {
        ProjectCode code = ProjectCode.Of(files);
        ProjectParts parts = ArrowPage.Read($"## Folders\n\n### `P`\n\n{rows}\n\n## Next\n\n| `Z` | | |")["P"];
        return [.. parts.Faults(code.Files), .. parts.Faults(code.FindReferencesBetweenFiles())];
    }
}
