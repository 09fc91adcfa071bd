namespace Plugins.Wasm.SpecTests.Running;

/// <summary>How one script went under one engine setting.</summary>
internal sealed record ScriptResult(string Script, int Passed, IReadOnlyList<CommandFailure> Failures);
