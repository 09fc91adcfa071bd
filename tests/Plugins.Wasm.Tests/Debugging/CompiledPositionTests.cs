using System.Collections.Immutable;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Debugging;
using Plugins.Wasm.Diagnostics;

namespace Plugins.Wasm.Tests.Debugging;

/// <summary>Positions in modules that real compilers made.</summary>
internal sealed class CompiledPositionTests
{
    private const string C = """
        static int items[4];
        __attribute__((noinline)) int divide(int total, int parts) {
            if (parts == 0) {
                __builtin_trap();
            }
            return total / parts;
        }
        static inline __attribute__((always_inline)) int average(int n) {
            return divide(items[0], n);
        }
        __attribute__((export_name("run"))) int run(void) {
            items[0] = 12;
            return average(items[1]);
        }
        """;

    private const string Rust = """
        mod shelf {
            #[inline(always)]
            pub fn take(items: &[i32], at: usize) -> i32 {
                items[at]
            }
        }

        #[no_mangle]
        pub extern "C" fn run(at: usize) -> i32 {
            shelf::take(&[1, 2, 3], at)
        }
        """;

    [Test]
    public void Dwarf_OfClang_TellsTheLineOfATrap(
        [Values("-gdwarf-4", "-gdwarf-5")] string format, [Values("-O0", "-O2")] string level)
    {
        byte[] module = Compilers.Clang(C, format, level);
        var positions = new SourcePositions(module);
        int trap = OffsetsOf(module, Opcode.Unreachable)[0];

        Assert.That(
            positions.Find(trap), Is.EqualTo(new[] { new SourceFrame(null, new SourcePosition("shop.c", 4, 9)) }));
        Assert.That(positions.IsEmpty, Is.False);
    }

    [TestCase("-gdwarf-4")]
    [TestCase("-gdwarf-5")]
    public void Dwarf_OfInlinedCode_NamesItsFunctionAndCall(string format)
    {
        byte[] module = Compilers.Clang(C, format, "-O2");
        ImmutableArray<SourceFrame> frames = new SourcePositions(module).Find(OffsetsOf(module, Opcode.Call)[0]);

        Assert.That(frames, Is.EqualTo(new[]
        {
            new SourceFrame("average", new SourcePosition("shop.c", 9, 12)),
            new SourceFrame(null, new SourcePosition("shop.c", 13, 12)),
        }));
    }

    [TestCase("-O")]
    [TestCase("-Copt-level=0")]
    public void Dwarf_OfRustc_NamesInlinedFunctionsAsTheSourceDoes(string level)
    {
        byte[] module = Compilers.Rust(Rust, "-g", level, "-Cpanic=abort");
        var positions = new SourcePositions(module);
        ImmutableArray<SourceFrame>[] inlined = [.. OffsetsOf(module, Opcode.Call)
            .Select(positions.Find)
            .Where(frames => frames is [{ InlinedFunction: "shop::shelf::take" }, _])];

        Assert.That(inlined, Is.Not.Empty);
        Assert.That(inlined[0][0].Position, Is.EqualTo(new SourcePosition("shop.rs", 4, 9)));
        Assert.That(inlined[0][1].Position, Is.EqualTo(new SourcePosition("shop.rs", 10, 5)));
    }

    [Test]
    public void Dwarf_OfTheStandardLibrary_NamesItsFiles()
    {
        byte[] module = Compilers.Rust(Rust, "-g");
        var positions = new SourcePositions(module);
        string[] files = [.. OffsetsOf(module, Opcode.Unreachable)
            .SelectMany(offset => positions.Find(offset))
            .Select(frame => frame.Position.File)
            .Distinct(StringComparer.Ordinal)];

        Assert.That(files, Has.Some.EndsWith("panicking.rs"));
    }

    [Test]
    public void SourceMap_OfAssemblyScript_TellsTheLineOfATrap()
    {
        (byte[] module, byte[] map) = Compilers.AssemblyScript("""
            export function run(parts: i32): i32 {
              if (parts == 0) {
                unreachable();
              }
              return 12 / parts;
            }
            """);
        int trap = OffsetsOf(module, Opcode.Unreachable)[0];
        int division = OffsetsOf(module, Opcode.I32DivS)[0];
        var positions = new SourcePositions(module, map);

        Assert.That(positions.SourceMapUrl, Is.EqualTo("./out.wasm.map"));
        Assert.That(positions.Find(trap).Single().Position, Is.EqualTo(new SourcePosition("shop.ts", 3, 5)));
        Assert.That(positions.Find(division).Single().Position, Is.EqualTo(new SourcePosition("shop.ts", 5, 10)));
        Assert.That(new SourcePositions(module).IsEmpty, Is.True, "Nothing is fetched.");
    }

    [Test]
    public void Dwarf_WithAnyByteChanged_NeverFails()
    {
        byte[] module = Compilers.Clang(C, "-gdwarf-5", "-O2");
        int call = OffsetsOf(module, Opcode.Call)[0];
        int start = Module.ListSections(module).First(section => section.Name == ".debug_abbrev").Offset;
        for (int i = start; i < module.Length; i++)
        {
            byte before = module[i];
            foreach (int change in new[] { 0x01, 0x80, 0xFF })
            {
                module[i] = (byte)(before ^ change);
                Assert.That(() => new SourcePositions(module).Find(call), Throws.Nothing, $"byte {i} ^ {change}");
            }

            module[i] = before;
        }

        for (int length = start; length < module.Length; length++)
        {
            Assert.That(
                () => new SourcePositions(module.AsMemory(0, length)).Find(call), Throws.Nothing, $"{length} bytes");
        }
    }

    private static List<int> OffsetsOf(byte[] module, Opcode opcode)
    {
        BinaryModule binary = ModuleDecoder.Decode(module, ModuleLimits.Default);
        List<int> offsets = [];
        foreach (FunctionBody body in binary.Bodies)
        {
            var reader = new CodeReader(binary, body);
            while (reader.Read(out Instruction instruction))
            {
                reader.SkipTargets(instruction);
                if (instruction.Opcode == opcode)
                {
                    offsets.Add(instruction.Offset);
                }
            }
        }

        return offsets;
    }
}
