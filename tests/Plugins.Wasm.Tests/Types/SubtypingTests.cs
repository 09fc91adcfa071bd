using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueCode;

namespace Plugins.Wasm.Tests.Types;

/// <summary>WebAssembly 3.0, section 3.3.</summary>
internal sealed class SubtypingTests
{
    private static readonly DefinedType s_function = new FunctionType([ValueKind.I32], []).Definition;
    private static readonly DefinedType s_other = new FunctionType([ValueKind.I64], []).Definition;
    private static readonly ModuleTypes s_types = new([s_function, s_other]);

    private static IEnumerable<TestCaseData> Matching()
    {
        yield return new TestCaseData(I32, I32);
        yield return new TestCaseData(None, I32);
        yield return new TestCaseData(None, FuncRef);
        yield return new TestCaseData(FuncRef, FuncRef);
        yield return new TestCaseData(NonNullFuncRef, FuncRef);
        yield return new TestCaseData(BottomRef, NonNullFuncRef);
        yield return new TestCaseData(BottomRef, s_function.Code(isNullable: false));
        yield return new TestCaseData(NullFuncRef, FuncRef);
        yield return new TestCaseData(NullFuncRef, s_function.Code(isNullable: true));
        yield return new TestCaseData(NullExternRef, ExternRef);
        yield return new TestCaseData(NullExnRef, ExnRef);
        yield return new TestCaseData(NullRef, I31Ref);
        yield return new TestCaseData(I31Ref, EqRef);
        yield return new TestCaseData(StructRef, AnyRef);
        yield return new TestCaseData(EqRef, AnyRef);
        yield return new TestCaseData(s_function.Code(isNullable: true), FuncRef);
        yield return new TestCaseData(s_function.Code(isNullable: false), FuncRef);
        yield return new TestCaseData(s_function.Code(isNullable: false), s_function.Code(isNullable: true));
    }

    private static IEnumerable<TestCaseData> NotMatching()
    {
        yield return new TestCaseData(I32, I64);
        yield return new TestCaseData(I32, FuncRef);
        yield return new TestCaseData(FuncRef, I32);
        yield return new TestCaseData(FuncRef, NonNullFuncRef);
        yield return new TestCaseData(FuncRef, ExternRef);
        yield return new TestCaseData(BottomRef, I32);
        yield return new TestCaseData(NullFuncRef, ExternRef);
        yield return new TestCaseData(NullFuncRef, s_function.Code(isNullable: false));
        yield return new TestCaseData(NullRef, FuncRef);
        yield return new TestCaseData(AnyRef, EqRef);
        yield return new TestCaseData(ArrayRef, StructRef);
        yield return new TestCaseData(FuncRef, s_function.Code(isNullable: true));
        yield return new TestCaseData(s_function.Code(isNullable: true), AnyRef);
        yield return new TestCaseData(s_function.Code(isNullable: true), s_function.Code(isNullable: false));
        yield return new TestCaseData(s_function.Code(isNullable: false), s_other.Code(isNullable: true));
    }

    [TestCaseSource(nameof(Matching))]
    public void Matches_Subtype_IsTrue(object actual, object expected) =>
        Assert.That(s_types.Matches((ValueCode)actual, (ValueCode)expected));

    [TestCaseSource(nameof(NotMatching))]
    public void Matches_OtherType_IsFalse(object actual, object expected) =>
        Assert.That(s_types.Matches((ValueCode)actual, (ValueCode)expected), Is.False);

    [TestCase(FuncRef, "funcref", ValueKind.FuncRef)]
    [TestCase(NonNullFuncRef, "(ref func)", ValueKind.FuncRef)]
    [TestCase(NullExternRef, "nullexternref", ValueKind.ExternRef)]
    [TestCase(I31Ref, "i31ref", ValueKind.AnyRef)]
    [TestCase(ExnRef, "exnref", ValueKind.ExnRef)]
    [TestCase(F64, "f64", ValueKind.F64)]
    public void Code_OfAnAbstractType_HasTextAndKind(object code, string text, ValueKind kind) =>
        Assert.That((((ValueCode)code).Text, ((ValueCode)code).Kind), Is.EqualTo((text, kind)));

    [Test]
    public void Code_OfADefinedType_HasTextAndKind()
    {
        ValueCode code = s_function.Code(isNullable: true);
        Assert.That((code.Text, code.Kind), Is.EqualTo(("(ref null func type)", ValueKind.FuncRef)));
        Assert.That(code.WithoutNull, Is.EqualTo(s_function.Code(isNullable: false)));
        Assert.That(code.WithoutNull.WithNull, Is.EqualTo(code));
    }
}
