using System.Text;
using Plugins.Payloads.Generator.Analysis;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Emission;

/// <summary>Writes the method that finds a member by the key in a document.</summary>
internal static class MemberSearch
{
    public static void Emit(CodeWriter code, ObjectShape shape)
    {
        if (shape.HasKeys)
        {
            EmitByInteger(code, shape);
        }
        else
        {
            EmitByName(code, shape);
        }
    }

    private static void EmitByInteger(CodeWriter code, ObjectShape shape)
    {
        code.Open("private static int MemberOf(long key) => key switch");
        for (int i = 0; i < shape.Members.Count; i++)
        {
            code.Line($"{shape.Members[i].Key} => {i},");
        }

        code.Line("_ => -1,");
        code.Close(";");
    }

    /// <summary>By length first: most names are then compared with one other, as whole words of memory.</summary>
    private static void EmitByName(CodeWriter code, ObjectShape shape)
    {
        code.Open("private static int MemberOf(global::System.ReadOnlySpan<byte> name)");
        code.Open("switch (name.Length)");
        var byLength = shape.Members
            .Select((member, index) => (member.Name, Index: index))
            .GroupBy(member => Encoding.UTF8.GetByteCount(member.Name))
            .OrderBy(group => group.Key);
        foreach (var group in byLength)
        {
            code.Indent($"case {group.Key}:");
            foreach ((string name, int index) in group)
            {
                code.Open($"if ({IsEqual("name", name)})");
                code.Line($"return {index};");
                code.Close();
                code.Line();
            }

            code.Line("break;");
            code.Outdent();
        }

        code.Close();
        code.Line();
        code.Line("return -1;");
        code.Close();
    }

    public static string IsEqual(string variable, string text) =>
        $"global::System.MemoryExtensions.SequenceEqual({variable}, {Literals.Text(text)}u8)";
}
