using Plugins.Fuzz.Tests.Generation;
using Plugins.Fuzz.Tests.Native;
using Plugins.Wasm;

namespace Plugins.Fuzz.Tests.Comparing;

/// <summary>Gives mutated modules to both validators, which must accept and refuse the same ones.</summary>
internal sealed class ValidatorDuel(WasmtimeEngine wasmtime, Tally tally)
{
    internal const int MutationsPerModule = 40;

    internal IEnumerable<Mismatch> Run(byte[] module, long seed)
    {
        var random = new SeededBytes(~seed);
        for (int i = 0; i < MutationsPerModule; i++)
        {
            byte[] mutated = ByteMutation.Apply(module, random);
            if (Compare(mutated) is { } what)
            {
                yield return new Mismatch(seed, mutated, what);
            }
        }
    }

    /// <summary>What they do not agree on, or null.</summary>
    internal string? Compare(byte[] module)
    {
        tally.Modules++;
        string? theirs = wasmtime.Validate(module);
        WasmException? ours = Refusal(module, out string? fault);
        if (fault is not null)
        {
            return fault;
        }

        if ((ours is null) != (theirs is null))
        {
            return Explain(module, ours, theirs);
        }

        if (ours is null)
        {
            tally.Accepted++;
        }
        else
        {
            tally.Rejected++;
        }

        return null;
    }

    // Compiled too when it is accepted: nothing but the typed exceptions may come out of that either.
    private static WasmException? Refusal(byte[] module, out string? fault)
    {
        fault = null;
        try
        {
            Module.Validate(module);
            Module.Compile(module);
            return null;
        }
        catch (WasmException exception)
        {
            return exception;
        }
        catch (Exception exception)
        {
            fault = $"not a typed exception: {exception}";
            return null;
        }
    }

    private string? Explain(byte[] module, WasmException? ours, string? theirs)
    {
        if (ours is not null && KnownDifferences.Explain(module, ours) is { } reason)
        {
            tally.CountStricter(reason);
            return null;
        }

        return ours is null
            ? $"only Wasmtime refuses it: {theirs}"
            : $"only the embedded engine refuses it: {ours.Message}";
    }
}
