using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Emit.Support;

/// <summary>A function made of shapes, each of a size, one after the other.</summary>
/// <param name="Parts">The shapes, by their numbers in <see cref="CompilerShapes.All"/>, and their sizes.</param>
internal sealed record CompilerInput(IReadOnlyList<(int Shape, int Size)> Parts)
{
    private const int MaximumParts = 4;

    // Beyond any limit for most shapes.
    private const int MaximumSize = 8_192;

    /// <summary>Its index in the module.</summary>
    public const int Victim = 2;

    /// <summary>Of the size of large functions that toolchains make, and optimised.</summary>
    public static CompilerInput Usual => Of(("arms", 200), ("loads", 100), ("calls", 100), ("loops", 10));

    public static CompilerInput Of(params (string Name, int Size)[] parts) => new(
        [.. parts.Select(part => (Array.FindIndex(CompilerShapes.All, shape => shape.Name == part.Name), part.Size))]);

    public static CompilerInput Random(Random random) =>
        new([.. Enumerable.Range(0, random.Next(1, MaximumParts + 1)).Select(_ => RandomPart(random))]);

    /// <summary>One that differs in a part.</summary>
    public CompilerInput Mutate(Random random)
    {
        List<(int Shape, int Size)> parts = [.. Parts];
        int at = random.Next(parts.Count);
        switch (random.Next(4))
        {
            case 0 when parts.Count < MaximumParts:
                parts.Insert(at, RandomPart(random));
                break;
            case 1 when parts.Count > 1:
                parts.RemoveAt(at);
                break;
            case 2:
                parts[at] = RandomPart(random);
                break;
            default:
                double factor = 0.5 + random.NextDouble();
                parts[at] = (parts[at].Shape, Math.Clamp((int)(parts[at].Size * factor), 1, MaximumSize));
                break;
        }

        return new CompilerInput(parts);
    }

    public byte[] Build()
    {
        ValueKind[] wide = [.. Enumerable.Repeat(I32, CompilerShapes.Width)];
        return new ModuleBuilder()
            .Type([], [])
            .Type(wide, wide)
            .Memory(1)
            .Table(1)
            .Global(I32, isMutable: true)
            .Elements(0, 1)
            .Function([], [], c => c.Op(Opcode.Nop))
            .Function(wide, wide, c => Each(CompilerShapes.Width, i => c.LocalGet(i)))
            .Function([], [], Write, Locals, export: "run")
            .Build();
    }

    public override string ToString() =>
        string.Join(", ", Parts.Select(part => $"{part.Size} {CompilerShapes.All[part.Shape].Name}"));

    private static (int Shape, int Size) RandomPart(Random random) =>
        (random.Next(CompilerShapes.All.Length), (int)Math.Pow(2, 2 + (random.NextDouble() * 11)));

    // What locals hold comes from memory and goes there again, so that nothing is known or left out.
    private void Write(CodeBuilder code)
    {
        Each(CompilerShapes.Numbers, i => code.I32Const(0).Access(Opcode.I32Load, i * 8).LocalSet(i));
        Each(CompilerShapes.Floats, i => code
            .I32Const(0).Access(Opcode.F64Load, i * 8).LocalSet(CompilerShapes.Numbers + i));
        foreach ((int shape, int size) in Parts)
        {
            CompilerShapes.All[shape].Write(code.Block(), size);
            code.End();
        }

        Each(CompilerShapes.Numbers, i => code.I32Const(0).LocalGet(i).Access(Opcode.I32Store, i * 8));
        Each(CompilerShapes.Floats, i => code
            .I32Const(0).LocalGet(CompilerShapes.Numbers + i).Access(Opcode.F64Store, i * 8));
    }

    private static ValueKind[] Locals =>
        [.. Enumerable.Repeat(I32, CompilerShapes.Numbers), .. Enumerable.Repeat(F64, CompilerShapes.Floats)];

    private static void Each(int count, Action<uint> action)
    {
        for (uint i = 0; i < count; i++)
        {
            action(i);
        }
    }
}
