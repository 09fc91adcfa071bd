using System.Text;
using Plugins.Fuzz.Tests.Generation;
using Plugins.Wasm;

namespace Plugins.Fuzz.Tests.Comparing;

/// <summary>
/// Holds the text format against <c>wasm-tools</c>: what either prints, both read as the module it was printed from.
/// </summary>
internal sealed class TextDuel(string wasmTools, Tally tally)
{
    internal const int MutationsPerModule = 100;

    private const byte DataCountSection = 12;

    /// <summary>What is not as it should be about a module, or null.</summary>
    internal string? Compare(byte[] module)
    {
        tally.Modules++;
        string printed = TextFormat.FromBinary(module);
        byte[] read = WithoutCustom(TextFormat.ToBinary(printed));
        byte[] theirs = Print(module);

        // A text has no sections without entries, and no runs of locals; what wasm-tools says of both is the same.
        return !Print(WithoutCustom(module)).AsSpan().SequenceEqual(Print(read))
                ? "what is printed is read as another module"
            : !WithoutCustom(TextFormat.ToBinary(theirs)).AsSpan().SequenceEqual(read)
                ? "what wasm-tools prints is read as another module"
            : !WithoutCustom(ToolRun.Run(wasmTools, Encoding.UTF8.GetBytes(printed), "parse"))
                .AsSpan().SequenceEqual(read)
                ? "wasm-tools reads what is printed as another module"
            : null;
    }

    private byte[] Print(byte[] module) => ToolRun.Run(wasmTools, module, "print");

    /// <summary>Changes text and module in many places, and gives what is not a typed exception then.</summary>
    internal IEnumerable<Mismatch> Mutate(byte[] module, long seed)
    {
        var random = new SeededBytes(~seed);
        byte[] text = Encoding.UTF8.GetBytes(TextFormat.FromBinary(module));
        for (int i = 0; i < MutationsPerModule; i++)
        {
            byte[] changed = TextMutation.Apply(text, random);
            byte[] broken = ByteMutation.Apply(module, random);
            if ((FaultOf(() => TextFormat.ToBinary(changed)) ?? FaultOf(() => Reprint(broken))) is string fault)
            {
                yield return new Mismatch(seed, module, fault);
            }
        }
    }

    // What can be printed can be read, though it be not valid, and what that gives is printed alike again.
    private static void Reprint(byte[] module)
    {
        string text = TextFormat.FromBinary(module);
        string again;
        try
        {
            again = TextFormat.FromBinary(TextFormat.ToBinary(text));
        }
        catch (MalformedTextException fault)
        {
            throw new InvalidOperationException($"What is printed cannot be read: {fault.Message}", fault);
        }

        if (TextFormat.FromBinary(TextFormat.ToBinary(again)) != again)
        {
            throw new InvalidOperationException("What is printed is not printed alike again.");
        }
    }

    private string? FaultOf(Action action)
    {
        try
        {
            action();
            tally.Accepted++;
        }
        catch (WasmException)
        {
            tally.Rejected++;
        }
        catch (Exception exception)
        {
            return $"not a typed exception: {exception}";
        }

        return null;
    }

    // And without the number of data segments, which some write though no code needs it.
    private static byte[] WithoutCustom(byte[] module)
    {
        const int HeaderBytes = 8;
        List<byte> kept = [.. module[..HeaderBytes]];
        int position = HeaderBytes;
        while (position < module.Length)
        {
            int start = position;
            byte id = module[position++];
            uint length = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte part = module[position++];
                length |= (uint)(part & 0x7F) << shift;
                if (part < 0x80)
                {
                    break;
                }
            }

            position += (int)length;
            if (id is not (0 or DataCountSection))
            {
                kept.AddRange(module[start..position]);
            }
        }

        return [.. kept];
    }
}
