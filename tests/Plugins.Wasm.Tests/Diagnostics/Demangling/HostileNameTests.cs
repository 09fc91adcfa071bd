using System.Text;
using Plugins.Wasm.Diagnostics.Demangling;

namespace Plugins.Wasm.Tests.Diagnostics.Demangling;

/// <summary>Names that somebody made up to cost time, memory or the process.</summary>
internal sealed class HostileNameTests
{
    private const int LongestText = 40_000;

    private static IEnumerable<TestCaseData> Bombs()
    {
        yield return Case("C++: pairs of the last pair", Chain("_Z1f4pair", i => $"S{Base36(i)}I", 400));
        yield return Case("C++: arguments twice as long each time", "_Z1f" + Doubling(36));
        yield return Case("C++: pointers", "_Z1f" + new string('P', 4000) + "i");
        yield return Case("C++: functions that take functions", "_Z1f" + new string('P', 1000) + Repeat("F", 2000));
        yield return Case("C++: scopes", "_ZN" + Repeat("1a", 2000) + "Ev");
        yield return Case("C++: functions within functions", Repeat("_Z", 1) + new string('Z', 4000));
        yield return Case("C++: packs of packs", "_Z1fI" + Repeat("J", 2000));
        yield return Case("C++: packs that expand in packs", $"_Z1fIJ{Repeat("i", 300)}EEv{Repeat("Dp", 300)}T_");
        yield return Case("Rust: tuples of the last tuple twice", RustDoubling(60));
        yield return Case("Rust: a path that contains itself", "_RNvB_1a");
        yield return Case("Rust: a type that contains itself", "_RIC1aTB5_B5_EE");
        yield return Case("Rust: references", "_RIC1a" + new string('R', 4000) + "hE");
        yield return Case("Rust: bound lifetimes", "_RIC1aFG" + new string('z', 300) + "_EuE");
        yield return Case("Rust: numbers", "_RNvCs" + new string('Z', 4000) + "_1a1b");
        yield return Case("Rust: escapes", "_ZN4000" + Repeat("$LT$", 1000) + "17h0123456789abcdefE");
    }

    [TestCaseSource(nameof(Bombs))]
    [CancelAfter(600_000)]
    public void Name_ThatExplodes_IsCutOrLeftAlone(string name)
    {
        string? text = null;
        for (int i = 0; i < 200; i++)
        {
            text = Demangler.TryDemangle(name);
        }

        Assert.That(text?.Length ?? 0, Is.LessThanOrEqualTo(LongestText));
    }

    [Test]
    [CancelAfter(600_000)]
    public void Name_ChangedAnyhow_NeverThrows()
    {
        const string Alphabet = "_ZRNIKESTBDFAPOMJLXCGUQYVdptuvijsrclnwxz0123456789$.";
        Random random = new(5);
        for (int round = 0; round < 60_000; round++)
        {
            StringBuilder name = new(DemanglerTests.Names[random.Next(DemanglerTests.Names.Length)][0]);
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                int at = random.Next(2, name.Length);
                char letter = Alphabet[random.Next(Alphabet.Length)];
                _ = random.Next(3) switch
                {
                    0 => name.Remove(at, random.Next(1, name.Length - at + 1)).Append(letter),
                    1 => name.Insert(at, letter),
                    _ => name.Replace(name[at], letter, at, 1),
                };
            }

            string changed = name.ToString();
            Assert.That(() => Demangler.TryDemangle(changed), Throws.Nothing, changed);
        }
    }

    private static TestCaseData Case(string what, string name) => new TestCaseData(name).SetArgDisplayNames(what);

    private static string Repeat(string part, int count) => string.Concat(Enumerable.Repeat(part, count));

    private static string Chain(string start, Func<int, string> step, int count) =>
        start + string.Concat(Enumerable.Range(0, count).Select(step)) + "i" + new string('E', count);

    private static string Base36(int number) => number == 0 ? "_" : $"{(char)('0' + (number % 10))}_";

    // Each argument is a template of the one before it, twice; references count every type that was named.
    private static string Doubling(int levels)
    {
        const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        StringBuilder name = new("1aIiiE");
        for (int level = 1; level < levels; level++)
        {
            string last = $"S{Digits[level - 1]}_";
            name.Append("S_I").Append(last).Append(last).Append('E');
        }

        return name.ToString();
    }

    private static string RustDoubling(int levels)
    {
        const string Digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        StringBuilder name = new("_RINvC1a1b");
        int last = name.Length;
        name.Append("ThhE");
        for (int level = 1; level < levels; level++)
        {
            int here = name.Length;
            int target = last - 2 - 1;
            string reference = target < 62 ? $"B{Digits[target]}_" : $"B{Digits[target / 62]}{Digits[target % 62]}_";
            name.Append('T').Append(reference).Append(reference).Append('E');
            last = here;
        }

        return name.Append('E').ToString();
    }
}
