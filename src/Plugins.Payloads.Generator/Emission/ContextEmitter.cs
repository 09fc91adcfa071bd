using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Emission;

/// <summary>Writes a context's own members.</summary>
internal static class ContextEmitter
{
    public static string Emit(ContextShape shape)
    {
        var code = new CodeWriter();
        ContextFrame frame = ContextFrame.Of(shape);
        frame.Open(code);
        code.Line("/// <summary>The context, ready for use by many threads.</summary>");
        code.Line(TypeEmitter.Mark);
        code.Line($"public static {shape.Name} Default {{ get; }} = new();");
        code.Line();
        code.Line("/// <inheritdoc/>");
        code.Line(TypeEmitter.Mark);
        code.Open($"public override {Library.Converter}<T>? GetConverter<T>()");
        foreach (EntryShape entry in shape.Entries)
        {
            code.Open($"if (typeof(T) == typeof({entry.TypeName}))");
            code.Line($"return ({Library.Converter}<T>)(object){entry.Converter};");
            code.Close();
            code.Line();
        }

        code.Line("return null;");
        code.Close();
        frame.Close(code);
        return code.ToString();
    }
}
