namespace Plugins.Wasm.SpecTests.Suite;

/// <summary>What a command does with an instance: <c>invoke</c> a function or <c>get</c> a global.</summary>
internal sealed record SpecAction(string Type, string? Module, string Field)
{
    public SpecValue[] Args { get; init; } = [];

    public override string ToString() => $"{Type} {Module}\"{Field}\"({string.Join(", ", (object[])Args)})";
}
