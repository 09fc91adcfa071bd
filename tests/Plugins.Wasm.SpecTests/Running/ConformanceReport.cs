using System.Globalization;
using System.Text;
using Plugins.Wasm.SpecTests.Areas;
using Plugins.Wasm.SpecTests.Suite;

namespace Plugins.Wasm.SpecTests.Running;

/// <summary>Writes docs/conformance.md from the results of a run.</summary>
internal static class ConformanceReport
{
    private const string Head = """
        # Conformance

        The specification's own test suites say how well the engine runs WebAssembly: that of 2.0 with everything later
        switched off, and that of 3.0 as far as the engine has its proposals. Each script runs under every setting of
        the engine (interpreted, compiled, in tiers, cut into methods; portable and reserved memory; fuel off and on). A
        command counts as passed when it passes under all of them; traps must be of the right kind, refused modules must
        be refused as malformed or as invalid, whichever the suite says.

        `tests/Plugins.Wasm.SpecTests` writes this page when `PLUGINS_UPDATE_CONFORMANCE=1` is set, and fails when the
        page and the run disagree.

        ## Version 2.0

        | area | script | passed | of |
        | --- | --- | ---: | ---: |

        """;

    private const string Tail = """
        No command of 2.0 is left out. Where one gives a module as text and asks that it be refused, the parser of the
        text format refuses it; of numbers that had narrower types in version 2.0 of the specification, validation does.
        Modules as text of the suites of version 3.0 (1,229), of the threads proposal (22) and of the legacy exceptions
        (7) are refused, too.

        """;

    public static string FilePath { get; } = Path.Combine(Repository.Root, "docs", "conformance.md");

    public static IReadOnlyList<(string Area, string[] Scripts)> Areas { get; } =
    [
        ("numbers", NumericTests.Scripts),
        ("variables", VariableTests.Scripts),
        ("control", ControlTests.Scripts),
        ("calls", CallTests.Scripts),
        ("memory", MemoryTests.Scripts),
        ("references and tables", ReferenceTests.Scripts),
        ("bulk operations", BulkTests.Scripts),
        ("vectors", VectorTests.Scripts),
        ("linking", LinkingTests.Scripts),
        ("binary format", BinaryTests.Scripts),
        ("text format", TextTests.Scripts),
    ];

    public static string Write()
    {
        var page = new StringBuilder(Head);
        int allPassed = 0, allRun = 0;
        var rows = Areas.SelectMany(area => area.Scripts, (area, script) => (area.Area, script));
        foreach ((string area, string script) in rows)
        {
            (int passed, int run) = Summarize(SpecSuite.Version2, script);
            page.Append(CultureInfo.InvariantCulture, $"| {area} | `{script}` | {passed:N0} | {run:N0} |\n");
            (allPassed, allRun) = (allPassed + passed, allRun + run);
        }

        page.Append(CultureInfo.InvariantCulture, $"| **all** | | **{allPassed:N0}** | **{allRun:N0}** |\n\n");
        WriteLater(page);
        return page.Append(Tail).ToString();
    }

    /// <summary>One row for each set of proposals, since the suite has some scripts for each.</summary>
    private static void WriteLater(StringBuilder page)
    {
        page.Append("""
            ## Version 3.0

            What needs a proposal that the engine lacks is left out here.

            | proposals beyond 2.0 | scripts | passed | of |
            | --- | ---: | ---: | ---: |

            """);
        var groups = LaterScripts.All.GroupBy(script => string.Join(", ", script.Features), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
        foreach (var group in groups.Where(group => group.First().Features.All(Module.Features.Contains)))
        {
            var results = group.Select(script => Summarize(SpecSuite.Version3, script.Name)).ToArray();
            string proposals = group.Key.Length == 0 ? "none" : group.Key;
            int passed = results.Sum(result => result.Passed), run = results.Sum(result => result.Run);
            page.Append(
                CultureInfo.InvariantCulture, $"| {proposals} | {results.Length} | {passed:N0} | {run:N0} |\n");
        }

        page.Append("\n| proposals that the engine lacks, or some of them | scripts not run |\n| --- | ---: |\n");
        foreach (var group in groups.Where(group => !group.First().Features.All(Module.Features.Contains)))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {group.Key} | {group.Count()} |\n");
        }

        WriteLegacy(page);
    }

    private static void WriteLegacy(StringBuilder page)
    {
        page.Append("""

            ## Legacy exceptions

            | script | passed | of |
            | --- | ---: | ---: |

            """);
        foreach (string script in LegacyExceptionTests.Scripts)
        {
            (int passed, int run) = Summarize(SpecSuite.LegacyExceptions, script);
            page.Append(CultureInfo.InvariantCulture, $"| `{script}` | {passed:N0} | {run:N0} |\n");
        }

        page.Append('\n');
    }

    private static (int Passed, int Run) Summarize(SpecSuite suite, string script)
    {
        ScriptResult[] results = [.. EngineSetting.All.Select(setting => SuiteRun.Of(suite, script, setting))];
        int failed = results.SelectMany(result => result.Failures).DistinctBy(failure => failure.Command).Count();
        int run = results[0].Passed + results[0].Failures.Count;
        return (run - failed, run);
    }
}
