using Plugins.Payloads.Generator.Analysis;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Emission;

/// <summary>Writes the method that reads a map of members.</summary>
internal sealed class ReadingEmitter(CodeWriter code, ObjectShape shape)
{
    // What an object takes besides its members: its header and the type it points to.
    private const int ObjectOverhead = 16;
    private const int MemberSize = 8;

    private readonly SeenBits _seen = new(shape.Members.Count);
    private readonly ConstructionEmitter _construction = new(code, shape);

    public void Emit()
    {
        string discriminator = shape.IsDerived ? ", global::System.ReadOnlySpan<byte> discriminator" : "";
        code.Open($"internal static {shape.TypeName} ReadMembers("
            + $"{Library.Reader}, int start, int remaining{discriminator})");
        code.Line($"reader.Reserve({ObjectOverhead + (MemberSize * shape.Members.Count)});");
        if (shape.Members.Count > 0)
        {
            code.Line(_seen.Declaration);
        }

        _construction.EmitLocals();
        EmitLoop();
        EmitRequired();
        _construction.EmitResult(_seen);
        code.Close();
        EmitMissing();
    }

    private int[] Required =>
        [.. Enumerable.Range(0, shape.Members.Count).Where(index => shape.Members[index].IsRequired)];

    private void EmitLoop()
    {
        code.Open("for (; remaining > 0; remaining--)");
        code.Line("int at = reader.Position;");
        code.Line(shape.HasKeys ? "long key = reader.ReadInt64();" : "var name = reader.ReadMemberName();");
        if (shape.Members.Count is 0)
        {
            EmitUnknown();
        }
        else
        {
            EmitMember();
        }

        code.Close();
        code.Line();
        code.Line("reader.EndContainer();");
        if (Required.Length is 0)
        {
            code.Line();
        }
    }

    private void EmitMember()
    {
        code.Line($"int member = MemberOf({(shape.HasKeys ? "key" : "name")});");
        code.Open("if (member < 0)");
        EmitUnknown();
        code.Close();
        code.Line();
        code.Open($"if ({_seen.IsSet("member")})");
        code.Line($"throw reader.Refuse({Library.Problem}DuplicateKey, at, {KeyText});");
        code.Close();
        code.Line();
        code.Line(_seen.Set("member"));
        code.Open("switch (member)");
        for (int i = 0; i < shape.Members.Count; i++)
        {
            code.Line($"case {i}:");
            code.Line("    " + _construction.StoreOf(shape.Members[i]));
            code.Line("    break;");
        }

        code.Close();
    }

    private string KeyText => shape.HasKeys
        ? "key.ToString(global::System.Globalization.CultureInfo.InvariantCulture)"
        : "global::System.Text.Encoding.UTF8.GetString(name)";

    private void EmitUnknown()
    {
        if (!shape.HasKeys)
        {
            EmitMisplacedDiscriminator();
        }

        if (shape.IsClosed)
        {
            code.Line(shape.HasKeys
                ? $"throw reader.Refuse({Library.Problem}UnknownMember, at, {KeyText});"
                : "throw reader.RefuseUnknownMember(name, at);");
            return;
        }

        code.Line(shape.HasKeys ? "reader.Skip();" : "reader.SkipUnknownMember(name);");
        if (shape.Members.Count > 0)
        {
            code.Line("continue;");
        }
    }

    /// <summary>
    /// A discriminator that is not in front, or comes twice, would mean one type here and another elsewhere.
    /// </summary>
    private void EmitMisplacedDiscriminator()
    {
        if (shape.IsDerived)
        {
            code.Open("if (!discriminator.IsEmpty"
                + " && global::System.MemoryExtensions.SequenceEqual(name, discriminator))");
            code.Line($"throw reader.Refuse({Library.Problem}DuplicateKey, at, {KeyText});");
            code.Close();
            code.Line();
        }

        if (shape.Polymorphism is PolymorphismShape polymorphism)
        {
            code.Open($"if ({MemberSearch.IsEqual("name", polymorphism.PropertyName)})");
            code.Line($"throw reader.Refuse({Library.Problem}UnknownDiscriminator, at, {KeyText});");
            code.Close();
            code.Line();
        }
    }

    private void EmitRequired()
    {
        if (Required.Length > 0)
        {
            code.Open($"if (!({_seen.AreSet(Required)}))");
            code.Line($"throw reader.Refuse({Library.Problem}MissingMember, start, MissingMembers(seen));");
            code.Close();
            code.Line();
        }
    }

    private void EmitMissing()
    {
        if (Required.Length is 0)
        {
            return;
        }

        code.Line();
        code.Open($"private static string MissingMembers({_seen.Parameter})");
        code.Line("var names = new global::System.Collections.Generic.List<string>();");
        foreach (int index in Required)
        {
            MemberShape member = shape.Members[index];
            code.Open($"if ({_seen.IsUnset(index)})");
            code.Line($"names.Add({Literals.Text(member.Name)});");
            code.Close();
            code.Line();
        }

        code.Line("return string.Join(\", \", names);");
        code.Close();
    }
}
