using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Emit;

/// <summary>
/// A branch on the complement of a comparison, <c>c ^ -1</c>, which is never zero. .NET 10's optimiser takes it for the
/// comparison's opposite, and concludes from the branch what the same comparison gives later. Locals 0 and 1 are
/// compared.
/// </summary>
internal sealed class ComplementTests
{
    private const uint Truth = 2, Ones = 3;

    private static readonly (string Name, Action<CodeBuilder, Opcode> Write)[] s_forms =
    [
        ("of a comparison", (c, o) => Compare(c, o).I32Const(-1).Op(Opcode.I32Xor)),
        ("the constant first", (c, o) => Compare(c.I32Const(-1), o).Op(Opcode.I32Xor)),
        ("by way of a local", (c, o) => Compare(c, o).LocalSet(Truth).LocalGet(Truth).I32Const(-1).Op(Opcode.I32Xor)),
        ("by a local", (c, o) => Compare(c.I32Const(-1).LocalSet(Ones), o).LocalGet(Ones).Op(Opcode.I32Xor)),
        ("by a difference", (c, o) => Compare(c.I32Const(4).I32Const(5).Op(Opcode.I32Sub).LocalSet(Ones), o)
            .LocalGet(Ones).Op(Opcode.I32Xor)),
        ("in two steps", (c, o) => Compare(c, o).I32Const(5).Op(Opcode.I32Xor).I32Const(~5).Op(Opcode.I32Xor)),
        ("of a double negation", (c, o) => Compare(c, o).Op(Opcode.I32Eqz).Op(Opcode.I32Eqz)
            .I32Const(-1).Op(Opcode.I32Xor)),
        ("of a masked one", (c, o) => Compare(c, o).I32Const(1).Op(Opcode.I32And).I32Const(-1).Op(Opcode.I32Xor)),
        ("of a sum with nothing", (c, o) => Compare(c, o).I32Const(0).Op(Opcode.I32Add).I32Const(-1).Op(Opcode.I32Xor)),
        ("of a block's result", (c, o) => Compare(c.Block(I32), o).End().I32Const(-1).Op(Opcode.I32Xor)),
        ("of an extended byte", (c, o) => Compare(c, o).Op(Opcode.I32Extend8S).I32Const(-1).Op(Opcode.I32Xor)),
        ("of a wide one", (c, o) => Compare(c, o).Op(Opcode.I64ExtendI32U).I64Const(-1).Op(Opcode.I64Xor)
            .Op(Opcode.I32WrapI64)),
        ("as a difference", (c, o) => Compare(c.I32Const(-1), o).Op(Opcode.I32Sub)),
        ("of a wide comparison", (c, o) => Widened(c, o).I32Const(-1).Op(Opcode.I32Xor)),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        from form in s_forms
        from opcode in (Opcode[])[Opcode.I32Ne, Opcode.I32Eq, Opcode.I32LtS, Opcode.I32GeU]
        from use in (Opcode[])[Opcode.If, Opcode.I32Eqz, Opcode.I32Ne]
        select new TestCaseData(form.Write, opcode, use).SetArgDisplayNames(form.Name, $"{opcode}", $"{use}");

    [TestCaseSource(nameof(Cases))]
    public void Comparison_AfterABranchOnItsComplement_IsMadeAgain(
        Action<CodeBuilder, Opcode> complement, Opcode opcode, Opcode use)
    {
        Instance instance = new ModuleBuilder()
            .Function([I32, I32], [I32], Code, [I32, I32], export: "run")
            .Instantiate();
        Func<int, int, int> run = instance.GetFunction("run").CreateDelegate<Func<int, int, int>>();

        int[] results = [run(3, 5), run(5, 5), run(7, 5)];

        Assert.That(results, Is.EqualTo((int[])[Expected(opcode, 3), Expected(opcode, 5), Expected(opcode, 7)]));

        void Code(CodeBuilder code)
        {
            complement(code, opcode);
            Use(code, use).If();
            Compare(code, opcode).If().I32Const(1).Return().End().I32Const(0).Return().End();
            Compare(code, opcode).If().I32Const(1).Return().End().I32Const(0);
        }
    }

    private static CodeBuilder Use(CodeBuilder code, Opcode use) => use switch
    {
        Opcode.I32Eqz => code.Op(Opcode.I32Eqz),
        Opcode.I32Ne => code.I32Const(0).Op(Opcode.I32Ne),
        _ => code,
    };

    private static CodeBuilder Compare(CodeBuilder code, Opcode opcode) => code.LocalGet(0).LocalGet(1).Op(opcode);

    private static CodeBuilder Widened(CodeBuilder code, Opcode opcode)
    {
        Opcode wide = opcode switch
        {
            Opcode.I32Ne => Opcode.I64Ne,
            Opcode.I32Eq => Opcode.I64Eq,
            Opcode.I32LtS => Opcode.I64LtS,
            _ => Opcode.I64GeU,
        };
        return code.LocalGet(0).Op(Opcode.I64ExtendI32S).LocalGet(1).Op(Opcode.I64ExtendI32S).Op(wide);
    }

    private static int Expected(Opcode opcode, int left) => opcode switch
    {
        Opcode.I32Ne => left != 5 ? 1 : 0,
        Opcode.I32Eq => left == 5 ? 1 : 0,
        Opcode.I32LtS => left < 5 ? 1 : 0,
        _ => left >= 5 ? 1 : 0,
    };
}
