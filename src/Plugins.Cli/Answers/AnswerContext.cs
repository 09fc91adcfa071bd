using System.Text.Json;
using System.Text.Json.Serialization;
using Plugins.Cli.Running;
using Plugins.Cli.Testing;

namespace Plugins.Cli.Answers;

/// <summary>How each answer becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(TestAnswer))]
internal sealed partial class AnswerContext : JsonSerializerContext;
