using System.Collections.Concurrent;

namespace Plugins.Host.Wasmtime.Tests.Support;

/// <summary>The C headers that come with a library, and a C compiler to ask about them.</summary>
internal sealed class CHeaders
{
    private static readonly string[] s_compilers = ["clang-19", "clang", "gcc", "cc"];
    private static readonly ConcurrentDictionary<string, CHeaders> s_read = new(StringComparer.Ordinal);

    private readonly string _folder;
    private readonly string _compiler;

    private CHeaders(string folder, string compiler)
    {
        _folder = folder;
        _compiler = compiler;
        Text = string.Join(' ', Compile("#include <wasmtime.h>\n", "-E", "-P", "-o", "-").Output.Split(
            (char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>All declarations, preprocessed, with single spaces.</summary>
    public string Text { get; }

    /// <summary>The headers beside a library; without them, or a compiler, the test is skipped.</summary>
    public static CHeaders For(string library)
    {
        var folder = Path.Combine(Path.GetDirectoryName(WasmtimeLibraries.Require(library))!, "include");
        if (!Directory.Exists(folder))
        {
            Assert.Ignore($"There are no headers of Wasmtime at {folder}.");
        }

        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var compiler = s_compilers.FirstOrDefault(name => paths.Any(path => File.Exists(Path.Combine(path, name))));
        if (compiler is null)
        {
            Assert.Ignore($"None of these compilers is on the path: {string.Join(", ", s_compilers)}.");
        }

        return s_read.GetOrAdd(folder, key => new CHeaders(key, compiler!));
    }

    /// <summary>Whether the headers say what is in a structure or union, rather than only that there is one.</summary>
    public bool IsComplete(string name) => IsLaidOut(name) || IsLaidOut(Original(name));

    private bool IsLaidOut(string name) => Text.Contains($"struct {name} {{", StringComparison.Ordinal)
        || Text.Contains($"union {name} {{", StringComparison.Ordinal)
        || Text.Contains($"}} {name};", StringComparison.Ordinal);

    /// <summary>The values of integer expressions, by a program that prints them.</summary>
    public long[] Evaluate(IEnumerable<string> expressions)
    {
        var prints = expressions.Select(expression => $"    printf(\"%lld\\n\", (long long)({expression}));\n");
        var source = $$"""
            #include <stddef.h>
            #include <stdio.h>
            #include <wasmtime.h>
            int main(void) {
            {{string.Concat(prints)}}    return 0;
            }

            """;
        var program = Path.Combine(Path.GetTempPath(), $"plugins-headers-{Guid.NewGuid():N}");
        try
        {
            Compile(source, "-o", program);
            var run = ChildProcess.Run(program);
            Assert.That(run.ExitCode, Is.Zero, run.Output);
            return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
        }
        finally
        {
            File.Delete(program);
        }
    }

    /// <summary>The type that another name was given to, or the name itself.</summary>
    private string Original(string name)
    {
        var words = Text[..Math.Max(0, Text.IndexOf($" {name};", StringComparison.Ordinal))].Split(' ');
        return words.Length > 1 && words[^2] == "typedef" ? words[^1] : name;
    }

    private ChildProcess Compile(string source, params string[] arguments)
    {
        var file = Path.Combine(Path.GetTempPath(), $"plugins-headers-{Guid.NewGuid():N}.c");
        File.WriteAllText(file, source);
        try
        {
            var compilation = ChildProcess.Run(_compiler, ["-std=c11", $"-I{_folder}", file, .. arguments]);
            Assert.That(compilation.ExitCode, Is.Zero, compilation.Output);
            return compilation;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
