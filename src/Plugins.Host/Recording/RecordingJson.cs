using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plugins.Host.Recording;

/// <summary>The lines of a recording as JSON: no field twice, none that is not known, none missing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    MaxDepth = 4)]
[JsonSerializable(typeof(RecordedHead))]
[JsonSerializable(typeof(RecordedCall))]
[JsonSerializable(typeof(RecordedEnd))]
internal sealed partial class RecordingJson : JsonSerializerContext;
