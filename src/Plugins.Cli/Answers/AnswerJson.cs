using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plugins.Cli.Answers;

/// <summary>Writes answers as JSON, in which everything beyond ASCII is escaped, controls among it.</summary>
internal static class AnswerJson
{
    internal static byte[] Write(Answer answer, JsonSerializerContext types)
    {
        var type = types.GetTypeInfo(answer.GetType())!;
        return [.. JsonSerializer.SerializeToUtf8Bytes(answer, type), (byte)'\n'];
    }
}
