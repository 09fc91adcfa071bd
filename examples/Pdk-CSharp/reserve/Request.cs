using System.Text.Json.Serialization;

namespace Reserve;

/// <summary>What is asked of the plugin.</summary>
public sealed record Request(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("seats")] byte Seats);
