using Plugins.Conventions.Tests.Rules;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests;

/// <summary>Each rule shown a sample that breaks it, and one that nearly does.</summary>
public sealed class RuleSelfTests
{
    [TestCase("src/P/A.cs", 501, 1)]
    [TestCase("src/P/A.cs", 500, 0)]
    [TestCase("tests/P/A.cs", 801, 1)]
    [TestCase("tests/P/A.cs", 800, 0)]
    [TestCase("docs/a.md", 801, 0)]
    public void FileLength_OfLines_FailsPastTheLimit(string path, int lines, int violations) =>
        Expect(new FileLength(), violations, new SourceFile(path, Lines(lines)));

    [TestCase(120, 0)]
    [TestCase(121, 1)]
    public void LineLength_OfCharacters_FailsPastTheLimit(int length, int violations) =>
        Expect(new LineLength(), violations, new SourceFile("src/P/A.cs", $"//\n{new string('/', length)}\n"));

    [TestCase(399, 0)]
    [TestCase(400, 1)]
    public void TypeLength_OverTwoParts_FailsPastTheLimit(int lines, int violations)
    {
        string part = $"partial class A\n{{\n{Lines(lines - 2)}}}\n";

        Expect(new TypeLength(), violations, new("src/P/A.cs", part), new("src/P/A.B.cs", part + "// one part\n"));
    }

    [TestCase("void M()\n{\n", "}\n", 58, 0)]
    [TestCase("void M()\n{\n", "}\n", 59, 1)]
    [TestCase("int P { get {\n", "return 1; } }\n", 59, 1)]
    [TestCase("int P =>\n", "1;\n", 60, 1)]
    [TestCase("A() {\n", "}\n", 59, 1)]
    [TestCase("void M() { void L() {\n", "} }\n", 59, 2)]
    public void MethodLength_OfABody_FailsPastTheLimit(string head, string tail, int lines, int violations)
    {
        string type = $"class A {{ {head}{Lines(lines)}{tail}}}";

        Expect(new MethodLength(), violations, new SourceFile("src/P/A.cs", type));
    }

    [TestCase("A.cs", "class A { class Nested; }", 0)]
    [TestCase("A.T.cs", "class A<T>;", 0)]
    [TestCase("A.Facet.cs", "partial class A;", 0)]
    [TestCase("B.cs", "class A;", 1)]
    [TestCase("A.cs", "class A; class B;", 2)]
    [TestCase("A.cs", "class A; enum B;", 2)]
    [TestCase("A.cs", "class A; delegate void B();", 2)]
    [TestCase("A.cs", "file class B;", 1)]
    public void OneTypePerFile_OfTypes_FailsWhenNotNamedForTheOne(string name, string text, int violations) =>
        Expect(new OneTypePerFile(), violations, new SourceFile($"src/P/{name}", text));

    [TestCase("delegate* unmanaged<B*, void> f; void M() { B b = _b; f(&b); }", 0)]
    [TestCase("void M(byte[] a) { fixed (byte* p = a) { f(p); } }", 0)]
    [TestCase("void M(byte[] a) { fixed (byte* p = &a[1]) { f(p); } }", 0)]
    [TestCase("void M() { fixed (B* p = &_b) { f(p); } }", 1)]
    [TestCase("void M() { f((B*)Unsafe.AsPointer(ref _b)); }", 1)]
    [TestCase("void M() { f(Unsafe.AsPointer<B>(ref _b)); }", 1)]
    [TestCase("void M() { f(Marshal.UnsafeAddrOfPinnedArrayElement(_a, 0)); }", 1)]
    [TestCase("void M() { var r = __makeref(_b); }", 1)]
    [TestCase("delegate* unmanaged[SuppressGCTransition]<ref B, void> f;", 1)]
    [TestCase("delegate* unmanaged<in B, void> f;", 1)]
    [TestCase("delegate*<ref B, void> f;", 0)]
    [TestCase("byte* M(byte[] a) { fixed (byte* p = a) { return p + 1; } }", 1)]
    [TestCase("void M(byte[] a) { fixed (byte* p = a) { _p = (nint)p; } }", 1)]
    [TestCase("void M(byte[] a) { fixed (byte* p = a) { _length = f(p); } }", 0)]
    [TestCase("void M() { C c; f((B*)&c); }", 1)]
    [TestCase("void M() { C c; f((nint)(&c)); }", 1)]
    [TestCase("void M() { C c; var stackPointer = (nuint)(&c); }", 0)]
    [TestCase("nint p = (nint)(delegate* unmanaged<void>)&F;", 0)]
    public void NativeAddresses_InTheProduct_FailOnWhatMovesOrHidesItsType(string members, int violations) =>
        Expect(new NativeAddresses(), violations, new SourceFile("src/P/A.cs", $"unsafe class A {{ {members} }}"));

    [TestCase("class A;", 0)]
    [TestCase("class A\n{\n    #region Fields\n    #endregion\n}", 1)]
    public void NoRegions_InAFile_FailsOnEach(string text, int violations) =>
        Expect(new NoRegions(), violations, new SourceFile("src/P/A.cs", text));

    [TestCase(25, 0)]
    [TestCase(26, 1)]
    public void FolderSize_OfFiles_FailsPastTheLimit(int files, int violations) => Expect(
        new FolderSize(),
        violations,
        [.. Enumerable.Range(0, files).Select(i => new SourceFile($"src/P/A{i}.cs", "")), new("src/P/B/A.cs", "")]);

    [TestCase("src/P/Reader.cs", "class Reader;", 0)]
    [TestCase("src/P/ReadHelper.cs", "class ReadHelper;", 1)]
    [TestCase("src/P/PluginManager.cs", "interface PluginManager;", 1)]
    [TestCase("src/P/StringUtils.cs", "static class StringUtils;", 1)]
    [TestCase("src/P/ReaderV2.cs", "class ReaderV2;", 1)]
    [TestCase("src/P/Models/Reader.cs", "class Reader;", 1)]
    [TestCase("src/P/Interfaces/Reader.cs", "class Reader;", 1)]
    [TestCase("src/P/DataModel/Reader.cs", "class Reader;", 0)]
    public void TellingNames_OfTypesAndFolders_FailOnEmptyWords(string path, string text, int violations) =>
        Expect(new TellingNames(), violations, new SourceFile(path, text));

    [TestCase("src/P.Q/R/A.cs", "namespace P.Q.R;", 0)]
    [TestCase("src/P.Q/R/A.cs", "namespace P.Q;", 1)]
    [TestCase("src/P.Q/R/A.cs", "namespace P.Q.R { }", 1)]
    [TestCase("src/P/R/A.cs", "namespace Microsoft.Extensions.DependencyInjection;", 0)]
    [TestCase("tests/P/R/A.cs", "namespace Microsoft.Extensions.DependencyInjection;", 1)]
    public void NamespaceIsFolder_OfAFile_FailsWhenItIsNot(string path, string text, int violations) =>
        Expect(new NamespaceIsFolder(), violations, new SourceFile(path, text));

    [TestCase("public class A;", 1)]
    [TestCase("class A { class B; }", 2)]
    [TestCase("public record A;", 1)]
    [TestCase("public sealed class A;", 0)]
    [TestCase("public abstract class A;", 0)]
    [TestCase("static class A;", 0)]
    [TestCase("public readonly struct A;", 0)]
    [TestCase("public record struct A;", 0)]
    [TestCase("partial class A; sealed partial class A;", 0)]
    public void SealedClasses_InTheProduct_FailOnOpenOnes(string text, int violations) =>
        Expect(new SealedClasses(), violations, new SourceFile("src/P/A.cs", text));

    [TestCase("// TO" + "DO: later", 1)]
    [TestCase("throw new NotImpl" + "ementedException();", 1)]
    [TestCase("// a todo list is data", 0)]
    public void NothingLeftToDo_InALine_FailsOnANote(string text, int violations) =>
        Expect(new NothingLeftToDo(), violations, new SourceFile("src/P/A.cs", text));

    [TestCase("docs/a.md", "see /wo" + "rk/main", 1)]
    [TestCase("eng/a.sh", "cd /ro" + "ot/x", 1)]
    [TestCase("eng/a.sh", "cat ../sha" + "red/x", 1)]
    [TestCase("tests/P/A.cs", "\"../sha" + "red/x\"", 0)]
    [TestCase("tests/P/A.cs", "\"/ho" + "me/me/x\"", 1)]
    [TestCase("docs/a.md", "https://example.org/work/of/art, shared/ by many", 0)]
    public void NoWorkplace_InALine_FailsOnAPath(string path, string text, int violations) =>
        Expect(new NoWorkplace(), violations, new SourceFile(path, text));

    [TestCase("[CancelAfter(600_000)] class A;", 0)]
    [TestCase("[CancelAfter(60_000)] class A;", 1)]
    [TestCase("class A { [Test, MaxTime(5_000)] void M() { } }", 1)]
    [TestCase("class A { const int Soon = 5; [CancelAfter(Soon)] void M() { } }", 1)]
    [TestCase("class A { long M() => Stopwatch.GetTimestamp() + Stopwatch.GetTimestamp(); }", 1)]
    [TestCase("class A { TimeSpan M() => Environment.CpuUsage.TotalTime; }", 0)]
    public void PatientTests_OfATest_FailOnTheClock(string text, int violations)
    {
        Expect(new PatientTests(), violations, new SourceFile("tests/P/A.cs", text));
        Expect(new PatientTests(), 0, new SourceFile("bench/P/A.cs", text));
    }

    [Test]
    public void AllowedExceptions_WithLeave_PassWhatTheyName()
    {
        var allowed = new AllowedExceptions(["# why", "FileLength | src/P/A.cs | file | a table that reads as one"]);

        Assert.That(allowed.Judge(new FileLength(), [new("src/P/A.cs", "file", "501 lines")]), Is.Empty);
    }

    [Test]
    public void AllowedExceptions_LeaveNothingNeeds_Fails()
    {
        var allowed = new AllowedExceptions(["FileLength | src/P/A.cs | file | a table that reads as one"]);

        Assert.That(allowed.Judge(new FileLength(), [new("src/P/B.cs", "file", "501 lines")]), Has.Count.EqualTo(2));
    }

    [Test]
    public void AllowedExceptions_WithoutAReason_AreRefused()
    {
        string[] lines = ["FileLength | src/P/A.cs | file |"];

        Assert.That(() => new AllowedExceptions(lines), Throws.TypeOf<FormatException>());
    }

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("//\n", count));

    private static void Expect(Rule rule, int violations, params SourceFile[] files) =>
        Assert.That(rule.Check(files).ToArray(), Has.Length.EqualTo(violations));
}
