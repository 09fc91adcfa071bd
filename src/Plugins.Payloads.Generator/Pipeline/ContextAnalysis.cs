using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Pipeline;

/// <summary>What a context gives: code to write, and faults to report.</summary>
/// <remarks>The faults hold places, which move with every edit above them; the shape does not.</remarks>
internal sealed record ContextAnalysis(ContextShape? Shape, EquatableArray<Fault> Faults);
