using Plugins.Fuzz.Tests.Engines;
using Plugins.Fuzz.Tests.Native;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Fuzz.Tests.Comparing;

/// <summary>
/// Runs a module on Wasmtime and twice on the embedded engine, with and without metering, call by call, and compares
/// all that can be seen after each: results, trap, memory, globals, tables.
/// </summary>
/// <remarks>
/// One difference is let pass: engines run out of stack at different depths. Where one does, what it had changed until
/// then differs too, so the module is given up and counted.
/// </remarks>
internal sealed class Duel(WasmtimeEngine wasmtime, Tally tally)
{
    private const int RoundsPerFunction = 3;

    private static readonly string[] s_names = ["Wasmtime", "embedded", "embedded with fuel"];

    /// <summary>What they do not agree on, or null.</summary>
    internal string? Run(byte[] binary, long seed)
    {
        tally.Modules++;
        nint compiled = 0;
        try
        {
            compiled = wasmtime.Compile(binary, out string? error);
            var modules = new Module[] { Compile(binary, meter: false), Compile(binary, meter: true) };
            if (error is not null)
            {
                throw new DifferenceException($"Wasmtime refuses the module: {error}");
            }

            Compare(compiled, modules, seed);
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

    private static Module Compile(byte[] binary, bool meter)
    {
        try
        {
            return Module.Compile(binary, new ModuleOptions { MeterFuel = meter });
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

    private void Compare(nint compiled, Module[] modules, long seed)
    {
        // Which of the two kinds of memory goes with metering changes from module to module.
        (MemoryBacking plain, MemoryBacking metered) = seed % 2 == 0
            ? (MemoryBacking.Reserved, MemoryBacking.Portable)
            : (MemoryBacking.Portable, MemoryBacking.Reserved);
        IGuest[] Instantiate()
        {
            tally.Instances++;
            return
            [
                new WasmtimeGuest(wasmtime, compiled, modules[0].Exports),
                new EmbeddedGuest(modules[0], plain),
                new EmbeddedGuest(modules[1], metered),
            ];
        }

        IGuest[] guests = Instantiate();
        try
        {
            CompareStarts(guests);
            if (guests[0].Start is Trap.None)
            {
                CompareCalls(ref guests, modules[0], new ArgumentSource(seed), Instantiate);
            }
        }
        finally
        {
            Dispose(guests);
        }
    }

    private static void CompareStarts(IGuest[] guests) =>
        Agree("instantiation", Array.ConvertAll(guests, guest => guest.Start));

    private void CompareCalls(ref IGuest[] guests, Module module, ArgumentSource arguments, Func<IGuest[]> instantiate)
    {
        CompareState(guests, module, "instantiation");
        foreach (ExportType function in module.Exports.Where(export => export.Type is FunctionType))
        {
            for (int round = 0; round < RoundsPerFunction; round++)
            {
                Outcome[] outcomes = Call(guests, function, arguments.For((FunctionType)function.Type));
                if (outcomes.Any(outcome => outcome.Trap is Trap.StackExhausted))
                {
                    tally.StackDepthDiffered++;
                    return;
                }

                string what = $"'{function.Name}', call {round + 1}";
                Agree(what, outcomes);
                CompareState(guests, module, what);
                if (outcomes[0].Trap is Trap.Unreachable)
                {
                    // Likely the generated limit on loops, which would stop every later call as well.
                    Dispose(guests);
                    guests = instantiate();
                }
            }
        }
    }

    private Outcome[] Call(IGuest[] guests, ExportType function, ulong[] arguments)
    {
        Outcome[] outcomes = Array.ConvertAll(guests, guest => guest.Call(function, arguments));
        tally.Count(outcomes[0].Trap);
        return outcomes;
    }

    private static void CompareState(IGuest[] guests, Module module, string after)
    {
        foreach (ExportType export in module.Exports)
        {
            string what = $"{export.Type.Kind} '{export.Name}' after {after}";
            switch (export.Type)
            {
                case MemoryType:
                    CompareMemories(guests, export.Name, what);
                    break;
                case GlobalType:
                    Agree(what, Array.ConvertAll(guests, guest => guest.Global(export)));
                    break;
                case TableType:
                    CompareTables(guests, export, what);
                    break;
            }
        }
    }

    private static void CompareMemories(IGuest[] guests, string export, string what)
    {
        ReadOnlySpan<byte> expected = guests[0].Memory(export);
        for (int i = 1; i < guests.Length; i++)
        {
            ReadOnlySpan<byte> actual = guests[i].Memory(export);
            if (!expected.SequenceEqual(actual))
            {
                int at = expected.CommonPrefixLength(actual);
                throw new DifferenceException(
                    $"{what}: {s_names[i]} has {actual.Length} bytes, Wasmtime {expected.Length}; they differ at {at}");
            }
        }
    }

    private static void CompareTables(IGuest[] guests, ExportType table, string what)
    {
        uint[] sizes = Array.ConvertAll(guests, guest => guest.TableSize(table.Name));
        Agree($"size of {what}", sizes);

        // Every element, but for tables that the guest has grown far.
        uint step = Math.Max(1, sizes[0] / 5_000);
        for (uint i = 0; i < sizes[0]; i += step)
        {
            uint index = i;
            Agree($"element {index} of {what}", Array.ConvertAll(guests, guest => guest.TableElement(table, index)));
        }
    }

    private static void Agree<T>(string what, T[] seen)
        where T : notnull
    {
        for (int i = 1; i < seen.Length; i++)
        {
            if (!seen[i].Equals(seen[0]))
            {
                throw new DifferenceException($"{what}: {s_names[i]} has {seen[i]}, Wasmtime {seen[0]}");
            }
        }
    }

    private static void Dispose(IGuest[] guests)
    {
        foreach (IGuest guest in guests)
        {
            guest.Dispose();
        }
    }
}
