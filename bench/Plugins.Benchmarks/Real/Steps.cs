using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Plugins.Benchmarks.Real;

/// <summary>Carries out the calls of a recipe, which may name the results of earlier ones.</summary>
/// <remarks>
/// A step is <c>{"call": export, "args": [number or "$name"…], "as": name}</c>; or, in place of the call, <c>text</c>
/// for the address of a text that ends with a zero (room is found for it unless <c>at</c> says where), <c>load</c> for
/// an <c>i32</c> in memory, or <c>value</c> for what an earlier step made. An <c>i64</c> is written as digits and
/// <c>n</c>.
/// </remarks>
internal sealed class Steps(IRealGuest guest, Recipe recipe)
{
    private readonly Dictionary<string, long> _values = [];

    internal void Run(IEnumerable<JsonElement> steps)
    {
        foreach (JsonElement step in steps)
        {
            Run(step);
        }
    }

    internal ulong Run(JsonElement step)
    {
        ulong result = Carry(step);
        if (step.TryGetProperty("as", out JsonElement name))
        {
            _values[name.GetString()!] = (int)result;
        }

        return result;
    }

    private ulong Carry(JsonElement step)
    {
        if (step.TryGetProperty("text", out JsonElement text))
        {
            return Place(text.GetString()!, step);
        }

        if (step.TryGetProperty("load", out JsonElement address))
        {
            return (uint)guest.ReadInt32(recipe.Memory!, (uint)Argument(address));
        }

        return step.TryGetProperty("value", out JsonElement value)
            ? (ulong)Argument(value)
            : guest.Call(step.GetProperty("call").GetString()!, Arguments(step));
    }

    private long[] Arguments(JsonElement step) =>
        step.TryGetProperty("args", out JsonElement arguments)
            ? [.. arguments.EnumerateArray().Select(Argument)]
            : [];

    private long Argument(JsonElement argument) => argument.ValueKind == JsonValueKind.Number
        ? argument.GetInt64()
        : argument.GetString() is ['$', .. var name]
            ? _values[name]
            : long.Parse(argument.GetString()!.TrimEnd('n'), CultureInfo.InvariantCulture);

    private ulong Place(string text, JsonElement step)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text + '\0');
        ulong address = step.TryGetProperty("at", out JsonElement at)
            ? (ulong)Argument(at)
            : guest.Call(recipe.Allocate!, [bytes.Length]);
        guest.Write(recipe.Memory!, (uint)address, bytes);
        return (uint)address;
    }
}
