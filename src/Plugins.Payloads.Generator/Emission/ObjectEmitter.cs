using Plugins.Payloads.Generator.Analysis;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Emission;

/// <summary>Writes the converter of an object.</summary>
internal static class ObjectEmitter
{
    public static void Emit(CodeWriter code, ObjectShape shape)
    {
        code.Open($"private sealed class {shape.ConverterName} : {Library.Converter}<{shape.TypeName}>");
        code.Line($"internal static readonly {shape.ConverterName} Instance = new();");
        code.Line();
        EmitWrite(code, shape);
        code.Line();
        EmitRead(code, shape);
        code.Line();
        WritingEmitter.Emit(code, shape);
        if (shape.IsConcrete)
        {
            code.Line();
            new ReadingEmitter(code, shape).Emit();
        }
        else if (shape.IsDerived)
        {
            // A fault was reported; what refers to the method compiles all the same.
            code.Line();
            code.Line($"internal static {shape.TypeName} ReadMembers("
                + $"{Library.Reader}, int start, int remaining, global::System.ReadOnlySpan<byte> discriminator) =>");
            code.Line($"    throw reader.Refuse({Library.Problem}UnknownDiscriminator, start);");
        }

        if (shape.IsConcrete && shape.Members.Count > 0)
        {
            code.Line();
            MemberSearch.Emit(code, shape);
        }

        code.Close();
    }

    private static void EmitWrite(CodeWriter code, ObjectShape shape)
    {
        code.Open($"public override void Write({Library.Writer}, {shape.TypeName} value)");
        if (!shape.IsValueType)
        {
            code.Open("if (value is null)");
            code.Line(ValueCode.Refusal(Literals.Text(TypeText(shape.TypeName))) + ";");
            code.Close();
            code.Line();
        }

        if (shape.Polymorphism is PolymorphismShape polymorphism)
        {
            PolymorphismEmitter.EmitWrite(code, shape, polymorphism);
        }
        else
        {
            code.Line(CallWriteMembers(shape));
        }

        code.Close();
    }

    private static void EmitRead(CodeWriter code, ObjectShape shape)
    {
        code.Open($"public override {shape.TypeName} Read({Library.Reader})");
        code.Line("int start = reader.Position;");
        code.Line("int remaining = reader.ReadMapHeader();");
        if (shape.Polymorphism is PolymorphismShape polymorphism)
        {
            PolymorphismEmitter.EmitRead(code, shape, polymorphism);
        }
        else
        {
            code.Line(ReturnReadMembers(shape));
        }

        code.Close();
    }

    public static string CallWriteMembers(ObjectShape shape) =>
        $"WriteMembers(ref writer, value{(shape.IsDerived ? ", default" : "")});";

    /// <summary>
    /// What reads the type itself; a type without a usable constructor has a fault, which stops compilation.
    /// </summary>
    public static string ReturnReadMembers(ObjectShape shape) => shape.IsConcrete
        ? $"return ReadMembers(ref reader, start, remaining{(shape.IsDerived ? ", default" : "")});"
        : $"throw reader.Refuse({Library.Problem}UnknownDiscriminator, start);";

    private static string TypeText(string typeName) => typeName.Replace("global::", "");
}
