using System.Text.Json;

namespace Plugins.Testing.Describing;

/// <summary>Compares JSON by what it says: spaces and the order of names do not matter.</summary>
internal static class JsonText
{
    internal static bool Equal(ReadOnlyMemory<byte> actual, string expected)
    {
        try
        {
            using var parsed = JsonDocument.Parse(actual);
            using var wanted = JsonDocument.Parse(expected);
            return JsonElement.DeepEquals(parsed.RootElement, wanted.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
