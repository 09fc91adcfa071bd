using System.Text.Json;

namespace Plugins.Benchmarks.Real;

/// <summary>Work for a module: calls as <see cref="Steps"/> reads them.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Setup">Calls before the first measured one.</param>
/// <param name="Measure">The calls that are measured, again and again.</param>
/// <param name="Result">The call that says what was computed, as a <c>double</c> or an <c>i32</c>.</param>
/// <param name="IsDouble">Which of the two.</param>
internal sealed record Workload(
    string Name, JsonElement[] Setup, JsonElement[] Measure, JsonElement Result, bool IsDouble);
