using System.Text.Json;
using System.Text.Json.Serialization;
using Plugins.Cli.Answers;
using Plugins.Cli.Benchmarking;
using Plugins.Cli.Converting;
using Plugins.Cli.Creating;
using Plugins.Cli.Inspecting;
using Plugins.Cli.Recording;
using Plugins.Cli.Running;
using Plugins.Cli.Signing;
using Plugins.Cli.Testing;
using Plugins.Cli.Verifying;

namespace Plugins.Cli;

/// <summary>How each answer becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(BenchAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(InspectAnswer))]
[JsonSerializable(typeof(KeygenAnswer))]
[JsonSerializable(typeof(NewAnswer))]
[JsonSerializable(typeof(RecordAnswer))]
[JsonSerializable(typeof(ReplayAnswer))]
[JsonSerializable(typeof(ProgramAnswer))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(SignAnswer))]
[JsonSerializable(typeof(TestAnswer))]
[JsonSerializable(typeof(TextAnswer))]
[JsonSerializable(typeof(VerifyAnswer))]
[JsonSerializable(typeof(WatAnswer))]
internal sealed partial class AnswerContext : JsonSerializerContext;
