using System.Globalization;
using Plugins.Benchmarks.Guests;
using Plugins.Host.Wasmtime;

namespace Plugins.Benchmarks.Comparing;

/// <summary>What <c>bench/compare.sh</c> starts, each in a process of its own.</summary>
internal static class CompareCommand
{
    internal static void Run(string[] arguments, TextWriter output)
    {
        switch (arguments)
        {
            case ["sample", var kilobytes, var file]:
                File.WriteAllBytes(file, SampleModule.OfSize(Number(kilobytes) * 1_000));
                break;
            case ["engine", var name, .. var kernels]:
                Contender.Run(name, kernels, output);
                break;
            case ["first", var measure, var name, var module]:
                FirstResult.Raw(measure, name, module, output);
                break;
            case ["hosted", var measure, var name, var module, .. var cache]:
                FirstResult.Hosted(measure, name, module, cache is [var directory] ? directory : null, output);
                break;
            case ["wasmtime-version"]:
                using (var engine = new WasmtimeEngine(
                    new WasmtimeEngineOptions { LibraryPath = WasmtimeGuest.LibraryPath }))
                {
                    output.WriteLine(engine.Version);
                }

                break;
            case ["table", var lines, var heading, var document]:
                Write(lines, heading, document, output);
                break;
            default:
                throw new ArgumentException("bench/compare.sh knows the arguments.", nameof(arguments));
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static void Write(string lines, string heading, string document, TextWriter output)
    {
        using var text = new StringWriter { NewLine = "\n" };
        text.WriteLine(heading);
        text.WriteLine();
        CompareTable.Read(File.ReadLines(lines)).Write(text);
        output.Write(text);
        MarkedText.Replace(document, text.ToString());
    }
}
