using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Custom sections, as annotations between a module's fields. WebAssembly 3.0, appendix A.5.2.</summary>
internal sealed class CustomSectionParser(TokenReader reader, ModuleWriter output)
{
    /// <summary>Reads those before the current token.</summary>
    public void ReadAll()
    {
        int from = 0;
        while (reader.NextAnnotation(Annotation.Custom, ref from) is TokenReader annotation)
        {
            Read(annotation);
        }
    }

    private void Read(TokenReader annotation)
    {
        byte[] name = annotation.TakeName().ToArray();
        int place = ReadPlace(annotation);
        var contents = new ByteWriter();
        while (annotation.Is(TokenKind.String))
        {
            contents.Bytes(annotation.TakeString());
        }

        annotation.RequireRight();
        output.AddCustom(place, name, contents.Written);
    }

    private static int ReadPlace(TokenReader annotation)
    {
        if (!annotation.TryTake(TokenKind.Left))
        {
            return ModuleWriter.AfterLast;
        }

        bool isBefore = annotation.TryTakeKeyword("before"u8);
        if (!isBefore && !annotation.TryTakeKeyword("after"u8))
        {
            throw annotation.Unexpected();
        }

        int place = PlaceOf(annotation, isBefore);
        annotation.Take();
        annotation.ExpectRight();
        return place;
    }

    private static int PlaceOf(TokenReader annotation, bool isBefore)
    {
        if (annotation.IsKeyword(isBefore ? "first"u8 : "last"u8))
        {
            return isBefore ? ModuleWriter.BeforeFirst : ModuleWriter.AfterLast;
        }

        int place = annotation.Is(TokenKind.Keyword) ? SectionPlace.Find(annotation.Text) : -1;
        return place < 0 ? throw annotation.Unexpected()
            : isBefore ? ModuleWriter.Before(place) : ModuleWriter.After(place);
    }
}
