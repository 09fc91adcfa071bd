using Plugins.Fuzz.Tests.Engines;
using Plugins.Fuzz.Tests.Engines.V8;
using Plugins.Fuzz.Tests.Native;
using Plugins.Wasm;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Types;

namespace Plugins.Fuzz.Tests.Comparing;

/// <summary>
/// Runs a module on Wasmtime, on V8 and under every mode of the embedded engine, call by call, and compares all that
/// can be seen after each: results, trap, memory, globals, tables; then once more with too little fuel.
/// </summary>
/// <remarks>
/// One difference is let pass: engines run out of stack at different depths. Where one does, what it had changed until
/// then differs too, so the module is given up and counted.
/// </remarks>
/// <param name="wasmtime">The library.</param>
/// <param name="v8">V8, unless it is left out.</param>
/// <param name="tally">Takes what was seen.</param>
internal sealed class Duel(WasmtimeEngine wasmtime, V8Process? v8, Tally tally)
{
    private const int RoundsPerFunction = 3;

    /// <summary>What they do not agree on, or null.</summary>
    internal string? Run(byte[] binary, long seed)
    {
        tally.Modules++;
        nint compiled = 0;
        try
        {
            compiled = wasmtime.Compile(binary, out string? error);
            (EmbeddedSetting Setting, Module Module)[] modules =
                [.. EmbeddedSetting.Of(seed).Select(setting => (setting, Compile(binary, setting.Options)))];
            if (error is not null)
            {
                throw new DifferenceException($"Wasmtime refuses the module: {error}");
            }

            V8Process? known = IsKnownToV8(binary) ? v8 : null;
            known?.Ask(new { Action = "compile", Module = Convert.ToBase64String(binary) });

            if (Compare(compiled, known, modules, seed))
            {
                new Starvation(modules, tally).Compare(seed);
            }

            Module tiered = modules[^1].Module;
            tally.Switched += tiered.Functions.Count(function => function.Tier is not CompilationTier.Interpreted);
            tally.SwitchedLoops += tiered.Tiers.CompiledLoops;
            return null;
        }
        catch (DifferenceException difference)
        {
            return difference.Message;
        }
        finally
        {
            Release(compiled);
        }
    }

    // The versions of Node.js that are in use differ in what came later, and V8 on each processor in what is relaxed.
    private static bool IsKnownToV8(byte[] binary) => !Module.Describe(binary).Features
        .Any(feature => feature is "custom-page-sizes" or "exception-handling"
            or "extended-const" or "memory64" or "multimemory"
            or "relaxed-simd" or "wide-arithmetic");

    private static Module Compile(byte[] binary, ModuleOptions options)
    {
        try
        {
            return Module.Compile(binary, options);
        }
        catch (WasmException exception)
        {
            throw new DifferenceException($"The embedded engine refuses the module: {exception.Message}");
        }
    }

    private unsafe void Release(nint compiled)
    {
        if (compiled != 0)
        {
            wasmtime.Api.ModuleDelete(compiled);
        }
    }

    /// <summary>False where a stack was used up, or it cannot be instantiated.</summary>
    private bool Compare(nint compiled, V8Process? known, (EmbeddedSetting Setting, Module Module)[] modules, long seed)
    {
        Module module = modules[0].Module;
        GuestSet Instantiate()
        {
            tally.Instances++;
            return new GuestSet(
                module,
                [
                    ("Wasmtime", new WasmtimeGuest(wasmtime, compiled, module.Exports)),
                    .. known is null ? [] : new[] { ("V8", (IGuest)new V8Guest(known)) },
                    .. modules.Select(pair => (
                        pair.Setting.Name, (IGuest)new EmbeddedGuest(pair.Module, pair.Setting.Backing))),
                ]);
        }

        GuestSet guests = Instantiate();
        try
        {
            guests.CompareStarts();
            return guests.Start is Trap.None
                && CompareCalls(ref guests, module, new ArgumentSource(seed), Instantiate);
        }
        finally
        {
            guests.Dispose();
        }
    }

    private bool CompareCalls(
        ref GuestSet guests, Module module, ArgumentSource arguments, Func<GuestSet> instantiate)
    {
        guests.CompareState("instantiation");
        foreach (ExportType function in module.Exports.Where(export => export.Type is FunctionType))
        {
            for (int round = 0; round < RoundsPerFunction; round++)
            {
                string what = $"'{function.Name}', call {round + 1}";
                Outcome outcome = guests.Call(function, arguments.For((FunctionType)function.Type), what);
                tally.Count(outcome.Trap);
                if (outcome.Trap is Trap.StackExhausted)
                {
                    tally.StackDepthDiffered++;
                    return false;
                }

                guests.CompareState(what);
                if (outcome.Trap is Trap.Unreachable)
                {
                    // Likely the generated limit on loops, which would stop every later call as well.
                    guests.Dispose();
                    guests = instantiate();
                }
            }
        }

        return true;
    }
}
