using Plugins.Payloads.Generator.Analysis;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Emission;

/// <summary>Writes how a base type's converter finds the derived type, by the object or by its discriminator.</summary>
internal static class PolymorphismEmitter
{
    private const string Unknown = Library.Problem + "UnknownDiscriminator";

    public static void EmitWrite(CodeWriter code, ObjectShape shape, PolymorphismShape polymorphism)
    {
        code.Line("global::System.Type type = value.GetType();");
        foreach (DerivedShape derived in polymorphism.Derived)
        {
            EmitCase(code, polymorphism, derived, $"type == typeof({derived.TypeName})");
        }

        if (polymorphism.Fallback is DerivedFallback.NearestAncestor)
        {
            foreach (DerivedShape derived in polymorphism.Derived.OrderByDescending(derived => derived.Depth))
            {
                EmitCase(code, polymorphism, derived, $"value is {derived.TypeName}");
            }
        }

        if (polymorphism.Fallback is DerivedFallback.Fail)
        {
            code.Open($"if (type != typeof({shape.TypeName}))");
            code.Line($"throw writer.Refuse({Unknown}, type.FullName);");
            code.Close();
            code.Line();
        }

        code.Line(ObjectEmitter.CallWriteMembers(shape));
    }

    public static void EmitRead(CodeWriter code, ObjectShape shape, PolymorphismShape polymorphism)
    {
        code.Open($"if (remaining > 0 && reader.NextType is {Library.Type}String)");
        code.Line("// A look at the first key, which is the type's own when it is no discriminator.");
        code.Line("var ahead = reader;");
        code.Open($"if ({MemberSearch.IsEqual("ahead.ReadMemberName()", polymorphism.PropertyName)})");
        code.Line("reader = ahead;");
        code.Line("return ReadDerived(ref reader, start, remaining - 1);");
        code.Close();
        code.Close();
        code.Line();
        code.Line(ObjectEmitter.ReturnReadMembers(shape));
        code.Close();
        code.Line();
        code.Open($"private static {shape.TypeName} ReadDerived({Library.Reader}, int start, int remaining)");
        code.Line("int at = reader.Position;");
        EmitTexts(code, shape, polymorphism);
        EmitNumbers(code, shape, polymorphism);
    }

    private static void EmitCase(
        CodeWriter code, PolymorphismShape polymorphism, DerivedShape derived, string condition)
    {
        string discriminator = derived.Text is null && derived.Number is null
            ? "default"
            : EncodedKey.Of(polymorphism.PropertyName, derived);
        code.Open($"if ({condition})");
        code.Line($"{derived.ConverterName}.WriteMembers(ref writer, ({derived.TypeName})value, {discriminator});");
        code.Line("return;");
        code.Close();
        code.Line();
    }

    private static void EmitTexts(CodeWriter code, ObjectShape shape, PolymorphismShape polymorphism)
    {
        code.Open($"if (reader.NextType is {Library.Type}String)");
        code.Line("var text = reader.ReadStringSpan();");
        foreach (DerivedShape derived in polymorphism.Derived.Where(derived => derived.Text is not null))
        {
            code.Open($"if ({MemberSearch.IsEqual("text", derived.Text!)})");
            code.Line(ReturnReadDerived(polymorphism, derived));
            code.Close();
            code.Line();
        }

        EmitUnknown(code, shape, polymorphism, "global::System.Text.Encoding.UTF8.GetString(text)");
        code.Close();
        code.Line();
    }

    private static void EmitNumbers(CodeWriter code, ObjectShape shape, PolymorphismShape polymorphism)
    {
        code.Line("long number = reader.ReadInt64();");
        foreach (DerivedShape derived in polymorphism.Derived.Where(derived => derived.Number is not null))
        {
            code.Open($"if (number == {derived.Number})");
            code.Line(ReturnReadDerived(polymorphism, derived));
            code.Close();
            code.Line();
        }

        EmitUnknown(
            code, shape, polymorphism, "number.ToString(global::System.Globalization.CultureInfo.InvariantCulture)");
    }

    private static void EmitUnknown(CodeWriter code, ObjectShape shape, PolymorphismShape polymorphism, string name) =>
        code.Line(polymorphism.IgnoresUnknown
            ? ObjectEmitter.ReturnReadMembers(shape)
            : $"throw reader.Refuse({Unknown}, at, {name});");

    private static string ReturnReadDerived(PolymorphismShape polymorphism, DerivedShape derived) =>
        $"return {derived.ConverterName}.ReadMembers("
            + $"ref reader, start, remaining, {Literals.Text(polymorphism.PropertyName)}u8);";
}
