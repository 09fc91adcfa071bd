using System.Collections.Immutable;
using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Wasm;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

/// <summary>Of what relaxed SIMD leaves to an engine, all choose the same on every processor.</summary>
/// <remarks>
/// It is what the specification calls the deterministic profile, and Wasmtime is told to follow. What they are held
/// against is the embedded engine's interpreter.
/// </remarks>
internal sealed class RelaxedVectorTests(TestedEngine tested) : EngineContract(tested)
{
    private const int Operands = 3;
    private const int VectorBytes = 16;
    private const int Result = Operands * VectorBytes;
    private const int Rounds = 4_000;

    // Halves of floats and doubles that are the least, the largest, infinite, no numbers, or beyond integers.
    private static readonly uint[] Edges =
    [
        0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0x7F7F_7F7F, 0x8080_8080, 0xFFFF_FFFF, 0x8000_0000, 0x7FFF_FFFF,
        0x7F80_0000, 0xFF80_0000, 0x7FC0_0000, 0x7F80_0001, 0x4F00_0000, 0xCF00_0000, 0x4F80_0000, 0x41E0_0000,
        0x41F0_0000, 0xC1E0_0000, 0x7FF0_0000, 0xFFF8_0000, 0x3FC0_0000, 0x3FF8_0000, 0x0001_0000, 0x1020_0F10,
    ];

    private static IEnumerable<Opcode> Relaxed() => Enum.GetValues<Opcode>().Where(opcode =>
        opcode is >= Opcode.I8x16RelaxedSwizzle and <= Opcode.I32x4RelaxedDotI8x16I7x16AddS);

    [Test]
    public void Instructions_OfRelaxedSimd_AreTwenty() => Assert.That(Relaxed().Count(), Is.EqualTo(20));

    [TestCaseSource(nameof(Relaxed))]
    public void Instruction_ThatIsRelaxed_GivesTheSameOnEveryEngine(Opcode opcode)
    {
        byte[] module = ModuleOf(opcode);
        IEngineInstance expected = Instantiate(
            new EmbeddedEngine(new EmbeddedEngineOptions { Mode = ExecutionMode.Interpreted }), module);
        IEngineInstance actual = Instantiate(Engine, module);
        var random = new Random((int)opcode);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] operands = OperandsOf(random);
            Assert.That(
                Convert.ToHexString(Run(actual, operands)),
                Is.EqualTo(Convert.ToHexString(Run(expected, operands))),
                $"{opcode} of {Convert.ToHexString(operands)}");
        }
    }

    private static byte[] OperandsOf(Random random)
    {
        var bytes = new byte[Operands * VectorBytes];
        random.NextBytes(bytes);
        for (int i = 0; i < bytes.Length; i += sizeof(uint))
        {
            if (random.Next(3) > 0)
            {
                BitConverter.TryWriteBytes(bytes.AsSpan(i), Edges[random.Next(Edges.Length)]);
            }
        }

        return bytes;
    }

    private static byte[] Run(IEngineInstance instance, byte[] operands)
    {
        Assert.That(instance.TryGetMemory(0, Result + VectorBytes, out Span<byte> memory));
        operands.CopyTo(memory);
        instance.Run();
        Assert.That(instance.TryGetMemory(Result, VectorBytes, out memory));
        return [.. memory];
    }

    private static byte[] ModuleOf(Opcode opcode) => new ModuleBuilder()
        .Memory(1, export: "memory")
        .Function([], [I32], code =>
        {
            code.I32Const(Result);
            for (int i = 0; i < OpcodeTable.Get(opcode).OperandCount; i++)
            {
                code.I32Const(i * VectorBytes).Access(Opcode.V128Load);
            }

            code.Op(opcode).Access(Opcode.V128Store).I32Const(1);
        }, export: "run")
        .Build();

    // Which NaN it is may differ for all arithmetic.
    private IEngineInstance Instantiate(IPluginEngine engine, byte[] module)
    {
        var options = new EngineModuleOptions
        {
            Limits = ModuleLimits.Default, MeterFuel = true, CanonicalizesNaNs = true,
        };
        IEngineInstance instance = Create(engine.Compile(ImmutableArray.Create(module), options));
        instance.Instantiate([]);
        return instance;
    }
}
