using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Emit;

/// <summary>
/// A left and a right shift by counts that add up to the width, joined: .NET 10's optimiser makes a rotation of them,
/// which is another value where they are joined by <c>xor</c> and one count is a multiple of the width.
/// </summary>
internal sealed class ShiftPairTests
{
    private const uint Value = 0, Count = 1, First = 2, Second = 3, Rest = 4;

    private static readonly long[] s_values = [1, 0x1234_5678, -1, long.MinValue, 0x0123_4567_89AB_CDEF];
    private static readonly int[] s_counts = [0, 1, 7, 31, 32, 33, 63, 64, -1];

    /// <summary>Where the shifts' results are when they are joined.</summary>
    public enum Place
    {
        /// <summary>On the stack.</summary>
        Stack,

        /// <summary>In locals.</summary>
        Locals,

        /// <summary>In a local that was set in an arm of its own, and on the stack.</summary>
        Arm,
    }

    [Test]
    public void Shifts_JoinedAnyway_AreExact(
        [Values] bool isLong,
        [Values("xor", "or", "add", "sub")] string join,
        [Values] bool leftByRest,
        [Values] bool rightFirst,
        [Values] bool fromWidth,
        [Values] Place place)
    {
        Func<long, int, long> run = Compile(isLong, join, leftByRest, rightFirst, fromWidth, place);

        foreach (long value in s_values)
        {
            foreach (int count in s_counts)
            {
                int rest = (fromWidth ? (isLong ? 64 : 32) : 0) - count;
                long left = ShiftLeft(value, leftByRest ? rest : count, isLong);
                long right = ShiftRight(value, leftByRest ? count : rest, isLong);
                long expected = Join(join, rightFirst ? right : left, rightFirst ? left : right);
                Assert.That(
                    run(value, count), Is.EqualTo(isLong ? expected : (int)expected), $"{value:x}, {count}");
            }
        }
    }

    private static Func<long, int, long> Compile(
        bool isLong, string join, bool leftByRest, bool rightFirst, bool fromWidth, Place place)
    {
        Instance instance = new ModuleBuilder()
            .Function([I64, I64], [I64], Code, [I64, I64, I64, I32, I32, I32, I32], export: "run")
            .Instantiate();
        Func<long, long, long> run = instance.GetFunction("run").CreateDelegate<Func<long, long, long>>();
        return (value, count) => run(value, count);

        // A 32-bit function works on locals of its own, so that nothing else is to be seen of the wide ones.
        void Code(CodeBuilder code)
        {
            Parts parts = isLong
                ? new Parts(I64, Value, Count, First, Second, Rest, Opcode.I64Shl, Opcode.I64ShrU, 64)
                : new Parts(I32, 5, 6, 7, 8, 5, Opcode.I32Shl, Opcode.I32ShrU, 32);
            if (!isLong)
            {
                code.LocalGet(Value).Op(Opcode.I32WrapI64).LocalSet(5)
                    .LocalGet(Count).Op(Opcode.I32WrapI64).LocalSet(6);
            }

            parts.Write(code, join, leftByRest, rightFirst, fromWidth, place);
            if (!isLong)
            {
                code.Op(Opcode.I64ExtendI32S);
            }
        }
    }

    // Not inlined, since the runtime's compiler would do to this test what it must not do to guests.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long ShiftLeft(long value, int count, bool isLong) => isLong ? value << count : (int)value << count;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long ShiftRight(long value, int count, bool isLong) =>
        isLong ? value >>> count : (int)value >>> count;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Join(string join, long first, long second) => join switch
    {
        "xor" => first ^ second,
        "or" => first | second,
        "add" => first + second,
        _ => first - second,
    };

    private sealed record Parts(
        ValueKind Kind, uint X, uint Y, uint A, uint B, uint Unused, Opcode Left, Opcode Right, int Width)
    {
        public void Write(
            CodeBuilder code, string join, bool leftByRest, bool rightFirst, bool fromWidth, Place place)
        {
            Action<CodeBuilder> left = c => Shift(c, Left, leftByRest, fromWidth);
            Action<CodeBuilder> right = c => Shift(c, Right, !leftByRest, fromWidth);
            (Action<CodeBuilder> first, Action<CodeBuilder> second) = rightFirst ? (right, left) : (left, right);
            switch (place)
            {
                case Place.Locals:
                    first(code);
                    code.LocalSet(A);
                    second(code);
                    code.LocalSet(B).LocalGet(A).LocalGet(B);
                    break;
                case Place.Arm:
                    code.Block();
                    first(code);
                    code.LocalSet(A).End().LocalGet(A);
                    second(code);
                    break;
                default:
                    first(code);
                    second(code);
                    break;
            }

            code.Op(JoinOf(join));
        }

        private void Shift(CodeBuilder code, Opcode shift, bool byRest, bool fromWidth)
        {
            code.LocalGet(X);
            if (byRest)
            {
                Constant(code, fromWidth ? Width : 0);
                code.LocalGet(Y).Op(Kind == I64 ? Opcode.I64Sub : Opcode.I32Sub);
            }
            else
            {
                code.LocalGet(Y);
            }

            code.Op(shift);
        }

        private void Constant(CodeBuilder code, int value)
        {
            if (Kind == I64)
            {
                code.I64Const(value);
            }
            else
            {
                code.I32Const(value);
            }
        }

        private Opcode JoinOf(string join) => (join, Kind) switch
        {
            ("xor", I64) => Opcode.I64Xor,
            ("xor", _) => Opcode.I32Xor,
            ("or", I64) => Opcode.I64Or,
            ("or", _) => Opcode.I32Or,
            ("add", I64) => Opcode.I64Add,
            ("add", _) => Opcode.I32Add,
            (_, I64) => Opcode.I64Sub,
            _ => Opcode.I32Sub,
        };
    }
}
