using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plugins.WebBenchmarks;

/// <summary>Generated at build time, which is the fastest that the platform has.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Cart))]
[JsonSerializable(typeof(Quote))]
internal sealed partial class WebJson : JsonSerializerContext;
