using Plugins.Payloads.Generator.Analysis;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Emission;

/// <summary>Writes the method that writes a map of members.</summary>
internal static class WritingEmitter
{
    public static void Emit(CodeWriter code, ObjectShape shape)
    {
        string discriminator = shape.IsDerived ? ", global::System.ReadOnlySpan<byte> discriminator" : "";
        MemberShape[] members = [.. shape.Members.Where(member => member.IsWritten)];
        code.Open($"internal static void WriteMembers({Library.Writer}, {shape.TypeName} value{discriminator})");
        EmitHeader(code, shape, members);
        foreach (MemberShape member in members)
        {
            EmitMember(code, member);
        }

        code.Line("writer.EndContainer();");
        code.Close();
    }

    private static void EmitHeader(CodeWriter code, ObjectShape shape, MemberShape[] members)
    {
        MemberShape[] optional = [.. members.Where(member => member.Omission is not Omission.Never)];
        string count = members.Length + (shape.IsDerived ? " + (discriminator.IsEmpty ? 0 : 1)" : "");
        if (optional.Length > 0)
        {
            code.Line($"int count = {count};");
            count = "count";
        }

        foreach (MemberShape member in optional)
        {
            code.Line($"var {member.Local} = value.{member.Identifier};");
            code.Open($"if ({IsOmitted(member)})");
            code.Line("count--;");
            code.Close();
            code.Line();
        }

        code.Line($"writer.WriteMapHeader({count});");
        if (shape.IsDerived)
        {
            code.Line("writer.WriteEncoded(discriminator);");
        }
    }

    private static void EmitMember(CodeWriter code, MemberShape member)
    {
        string key = $"writer.WriteEncoded({EncodedKey.Of(member)});";
        ValueShape value = member.Written;
        string source = $"value.{member.Identifier}";
        switch (member.Omission)
        {
            case Omission.WhenNull:
                code.Open($"if ({member.Local} is {{ }} given{member.Local})");
                code.Line(key);
                code.Line(ValueCode.Write(value, "given" + member.Local));
                code.Close();
                code.Line();
                break;
            case Omission.WhenDefault:
                code.Open($"if (!({IsOmitted(member)}))");
                code.Line(key);
                code.Line(ValueCode.Write(value, member.Local));
                code.Close();
                code.Line();
                break;
            case Omission.Never when value.Nulls is NullForm.NullableValue or NullForm.NullableReference:
                code.Line(key);
                EmitNullable(code, value, source, member.Local);
                break;
            default:
                code.Line(key);
                code.Line(ValueCode.WriteOrRefuse(value, source, Literals.Text(member.Name)));
                break;
        }
    }

    private static void EmitNullable(CodeWriter code, ValueShape value, string source, string local)
    {
        code.Open($"if ({source} is {{ }} {local})");
        code.Line(ValueCode.Write(value, local));
        code.Close();
        code.Open("else");
        code.Line("writer.WriteNil();");
        code.Close();
        code.Line();
    }

    private static string IsOmitted(MemberShape member) => member.Omission is Omission.WhenNull
        ? $"{member.Local} is null"
        : $"global::System.Collections.Generic.EqualityComparer<{member.Written.TypeName}>.Default"
            + $".Equals({member.Local}, default)";
}
