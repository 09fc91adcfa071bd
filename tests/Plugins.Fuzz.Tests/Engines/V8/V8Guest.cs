using System.Globalization;
using Plugins.Wasm.Types;

namespace Plugins.Fuzz.Tests.Engines.V8;

/// <summary>An instance of the module that its process compiled last.</summary>
internal sealed class V8Guest : IGuest
{
    private readonly V8Process _process;
    private readonly int _id;

    internal V8Guest(V8Process process)
    {
        _process = process;
        _id = process.NextId++;
        Start = process.Ask(new { Action = "instantiate", Id = _id }).Trap;
    }

    public Trap Start { get; }

    /// <summary>V8 has one trap for null elements and those of another type, and one for NaN and overflow.</summary>
    public Trap AsTold(Trap trap) => trap switch
    {
        Trap.TypeMismatch => Trap.NullElement,
        Trap.InvalidConversion => Trap.IntegerOverflow,
        _ => trap,
    };

    public Outcome Call(ExportType function, ReadOnlySpan<ulong> arguments)
    {
        var type = (FunctionType)function.Type;
        V8Answer answer = _process.Ask(new
        {
            Action = "call",
            Id = _id,
            function.Name,
            Parameters = type.Parameters.Select(kind => (int)kind),
            Results = type.Results.Select(kind => (int)kind),
            Arguments = arguments.ToArray().Select(bits => bits.ToString("x", CultureInfo.InvariantCulture)),
        });
        return new Outcome(answer.Trap, [.. (answer.Results ?? []).Select(Parse)]);
    }

    public ReadOnlySpan<byte> Memory(string export)
    {
        _process.Ask(new { Action = "memory", Id = _id, Name = export });
        return _process.TakeMemory();
    }

    public ulong Global(ExportType global)
    {
        var type = (GlobalType)global.Type;
        ulong[] halves = [.. _process.Ask(new
        {
            Action = "global", Id = _id, global.Name, Type = (int)type.Value, Mutable = type.IsMutable ? 1 : 0,
        }).Results!.Select(Parse)];
        return halves.Length == 1 ? halves[0] : Outcome.Fold(halves[0], halves[1]);
    }

    public uint TableSize(string export) =>
        (uint)Parse(_process.Ask(new { Action = "size", Id = _id, Name = export }).Value!);

    public ulong[] TableElements(ExportType table, uint step)
    {
        var type = (TableType)table.Type;
        V8Answer answer = _process.Ask(new
        {
            Action = "elements", Id = _id, table.Name, Type = (int)type.Element, Step = step,
        });
        return [.. answer.Results!.Select(Parse)];
    }

    public void Dispose() => _process.Ask(new { Action = "drop", Id = _id });

    private static ulong Parse(string digits) =>
        ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
