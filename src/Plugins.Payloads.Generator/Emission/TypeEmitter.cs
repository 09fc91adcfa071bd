using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Emission;

/// <summary>Writes the nested class of a type.</summary>
internal static class TypeEmitter
{
    /// <summary>Says to tools that nobody wrote what follows.</summary>
    public const string Mark =
        "[global::System.CodeDom.Compiler.GeneratedCode(\"Plugins.Payloads.Generator\", \"1\")]";

    public static string Emit(ContextFrame frame, TypeShape type)
    {
        var code = new CodeWriter();
        frame.Open(code);
        code.Line(Mark);
        if (type is ObjectShape shape)
        {
            ObjectEmitter.Emit(code, shape);
        }
        else
        {
            Emit(code, (ComposedShape)type);
        }

        frame.Close(code);
        return code.ToString();
    }

    private static void Emit(CodeWriter code, ComposedShape shape)
    {
        code.Open($"private static class {shape.ConverterName}");
        code.Line($"internal static readonly {shape.Library} Instance = new(");
        code.Line("    " + string.Join(",\n", shape.Arguments).Replace("\n", "\n    ") + ");");
        code.Close();
    }
}
