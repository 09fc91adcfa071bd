using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plugins.Cli.Answers;

/// <summary>Writes answers as JSON; the encoder escapes everything beyond ASCII, controls among them.</summary>
internal static class AnswerJson
{
    private static readonly AnswerContext Context = new(new JsonSerializerOptions(AnswerContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.Default,
    });

    internal static byte[] Write(Answer answer) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(answer, Context.GetTypeInfo(answer.GetType())!), (byte)'\n'];
}
