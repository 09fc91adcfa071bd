using System.Diagnostics;
using System.Globalization;
using Plugins.Wasm;

namespace Plugins.Fuzz.Tests.Generation;

/// <summary>Valid modules that always end, by <c>wasm-tools smith</c>, of the features both engines have.</summary>
/// <remarks>In eight styles by turns, since each alone leaves something rare.</remarks>
internal static class RandomModule
{
    private static readonly string[] s_disabled =
    [
        "gc", "threads", "compact-imports", "custom-descriptors",
        "acquire-release-atomics", "shared-everything-threads", "multibyte-array-access",
    ];

    // V8 does not know them in all versions of Node.js, or goes by the processor where relaxed SIMD lets it; the styles
    // without them are compared with it.
    private static readonly string[] s_later =
        ["memory64", "wide-arithmetic", "custom-page-sizes", "extended-const", "relaxed-simd"];

    // Tables and memories have a maximum, since stores limit all of them together, and other engines each.
    private static readonly string[] s_always =
    [
        "smith", "--ensure-termination", "--fuel", "3000", "--max-imports", "0", "--export-everything", "true",
        "--canonicalize-nans", "true", "--memory-max-size-required", "true",
        "--max-memory32-bytes", "1000000", "--max-memory64-bytes", "1000000",
        "--memory-offset-choices", "80,18,2", "--max-tables", "4", "--max-table-elements", "2000",
        "--table-max-size-required", "true",
        .. s_disabled.SelectMany(feature => new[] { $"--{feature}-enabled", "false" }),
    ];

    // Many functions over few other things, so that they share types, tables and memory and call each other.
    private static readonly string[] s_dense =
    [
        "--min-funcs", "8", "--max-types", "10", "--max-globals", "12", "--max-data-segments", "4",
        "--max-element-segments", "8", "--max-elements", "16", "--max-instructions", "300",
    ];

    private static readonly string[] s_old =
    [
        "--max-memories", "1", "--exceptions-enabled", "false",
        .. s_later.SelectMany(feature => new[] { $"--{feature}-enabled", "false" }),
    ];

    private static readonly string[] s_new = ["--max-memories", "4", "--exceptions-enabled", "false"];

    // Where nothing traps, exceptions come to pass, and a few tags are those of most clauses.
    private static readonly string[] s_throwing =
    [
        "--max-memories", "4", "--exceptions-enabled", "true", "--min-tags", "2", "--max-tags", "4",
        "--min-types", "4", "--disallow-traps", "true",
    ];

    // For looking at one of them; a seed gives another module then.
    private static readonly int? s_only =
        Environment.GetEnvironmentVariable("PLUGINS_FUZZ_STYLE") is { Length: > 0 } style
            ? int.Parse(style, CultureInfo.InvariantCulture)
            : null;

    private static readonly string[][] s_styles =
    [
        [.. s_always, .. s_old, "--min-funcs", "3", "--max-instructions", "600"],
        [.. s_always, .. s_old, .. s_dense],
        [.. s_always, .. s_old, .. s_dense, "--disallow-traps", "true"],
        [.. s_always, .. s_new, "--min-funcs", "3", "--max-instructions", "600"],
        [.. s_always, .. s_new, .. s_dense, "--disallow-traps", "true"],
        [.. s_always, .. s_throwing, .. s_dense],
    ];

    /// <summary>The module of a seed; null for the rare seed that the generator can make nothing of.</summary>
    internal static byte[]? Generate(string wasmTools, long seed) =>
        GenerateOpen(wasmTools, seed) is { } module
            ? seed / 2 % 3 == 0 ? module : HiddenFunctions.In(module, seed)
            : null;

    /// <summary>The same with an export of everything.</summary>
    private static byte[]? GenerateOpen(string wasmTools, long seed)
    {
        // Every second one loops: nothing else makes tiers change in the middle of what they run.
        if (seed % 2 != 0 && s_only is null)
        {
            return LoopModule.Generate(seed / 2);
        }

        int style = s_only ?? (int)(seed / 2 % (s_styles.Length + 1));
        return style == s_styles.Length
            ? ExpressionModule.Generate(seed)
            : Generate(wasmTools, seed, s_styles[style]);
    }

    // The embedded engine has none, on purpose.
    private static bool HasTableOfExceptions(byte[] module)
    {
        try
        {
            Module.Validate(module);
            return false;
        }
        catch (UnsupportedFeatureException unsupported)
        {
            return unsupported.Feature == "exception-handling";
        }
        catch (WasmException)
        {
            // For whoever runs it to say.
            return false;
        }
    }

    private static byte[]? Generate(string wasmTools, long seed, string[] arguments)
    {
        int length = 2_000 + (int)(seed * 7919 % 14_000);
        using Process process = Process.Start(new ProcessStartInfo(wasmTools, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"{wasmTools} does not start.");
        process.StandardInput.BaseStream.Write(new SeededBytes(seed).Take(length));
        process.StandardInput.Close();
        using var module = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(module);
        process.WaitForExit();
        return process.ExitCode == 0 && !HasTableOfExceptions(module.ToArray()) ? module.ToArray() : null;
    }
}
