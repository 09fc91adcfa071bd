using Plugins.Fuzz.Tests.Engines;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Fuzz.Tests.Comparing;

/// <summary>Instances of one module on several engines and settings, which must never differ from the first.</summary>
/// <remarks>What only the embedded engine's settings share is compared among them: trapped places and fuel.</remarks>
internal sealed class GuestSet(Module module, IReadOnlyList<(string Name, IGuest Guest)> guests) : IDisposable
{
    private readonly (string Name, EmbeddedGuest Guest)[] _embedded =
        [.. guests.Where(pair => pair.Guest is EmbeddedGuest).Select(pair => (pair.Name, (EmbeddedGuest)pair.Guest))];

    /// <summary>How instantiation ended.</summary>
    internal Trap Start => guests[0].Guest.Start;

    internal void CompareStarts()
    {
        Agree("instantiation", [.. guests.Select(pair => Outcome.Of(pair.Guest.Start))]);
        ComparePlaces("instantiation");
    }

    /// <summary>Calls an export on all; they may differ only where one of them ran out of stack.</summary>
    internal Outcome Call(ExportType function, ulong[] arguments, string what)
    {
        Outcome[] outcomes = [.. guests.Select(pair => pair.Guest.Call(function, arguments))];
        if (Array.Find(outcomes, outcome => outcome.Trap is Trap.StackExhausted) is { } exhausted)
        {
            return exhausted;
        }

        Agree(what, outcomes);
        ComparePlaces(what);
        return outcomes[0];
    }

    internal void CompareState(string after)
    {
        foreach (ExportType export in module.Exports)
        {
            string what = $"{export.Type.Kind} '{export.Name}' after {after}";
            switch (export.Type)
            {
                case MemoryType:
                    CompareMemories(export.Name, what);
                    break;
                case GlobalType:
                    Agree(what, guests, guest => guest.Global(export));
                    break;
                case TableType:
                    CompareTables(export, what);
                    break;
            }
        }
    }

    public void Dispose()
    {
        foreach ((_, IGuest guest) in guests)
        {
            guest.Dispose();
        }
    }

    private void ComparePlaces(string what)
    {
        Agree($"place of the trap in {what}", _embedded, guest => guest.Place);
        Agree($"fuel after {what}", [.. _embedded.Where(pair => pair.Guest.Fuel is not null)], guest => guest.Fuel!);
    }

    private void CompareMemories(string export, string what)
    {
        ReadOnlySpan<byte> expected = guests[0].Guest.Memory(export);
        foreach ((string name, IGuest guest) in guests.Skip(1))
        {
            ReadOnlySpan<byte> actual = guest.Memory(export);
            if (!expected.SequenceEqual(actual))
            {
                int at = expected.CommonPrefixLength(actual);
                string lengths = $"{name} has {actual.Length} bytes, {guests[0].Name} {expected.Length}";
                throw new DifferenceException($"{what}: {lengths}; they differ at {at}");
            }
        }
    }

    private void CompareTables(ExportType table, string what)
    {
        Agree($"size of {what}", guests, guest => guest.TableSize(table.Name));

        // Every element, but for tables that the guest has grown far.
        uint step = Math.Max(1, guests[0].Guest.TableSize(table.Name) / 5_000);
        ulong[] expected = guests[0].Guest.TableElements(table, step);
        foreach ((string name, IGuest guest) in guests.Skip(1))
        {
            int at = expected.AsSpan().CommonPrefixLength(guest.TableElements(table, step));
            if (at < expected.Length)
            {
                throw new DifferenceException($"element {at * step} of {what}: {name} differs from {guests[0].Name}");
            }
        }
    }

    private void Agree(string what, Outcome[] outcomes)
    {
        for (int i = 1; i < outcomes.Length; i++)
        {
            Outcome expected = outcomes[0] with { Trap = guests[i].Guest.AsTold(outcomes[0].Trap) };
            if (outcomes[i] != expected)
            {
                string found = $"{guests[i].Name} has {outcomes[i]}, {guests[0].Name} {expected}";
                throw new DifferenceException($"{what}: {found}");
            }
        }
    }

    private static void Agree<TGuest, TSeen>(
        string what, IReadOnlyList<(string Name, TGuest Guest)> guests, Func<TGuest, TSeen> look)
        where TSeen : notnull
    {
        if (guests.Count == 0)
        {
            return;
        }

        TSeen expected = look(guests[0].Guest);
        foreach ((string name, TGuest guest) in guests.Skip(1))
        {
            TSeen actual = look(guest);
            if (!actual.Equals(expected))
            {
                throw new DifferenceException($"{what}: {name} has {actual}, {guests[0].Name} {expected}");
            }
        }
    }
}
