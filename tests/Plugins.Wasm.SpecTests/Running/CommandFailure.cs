using Plugins.Wasm.SpecTests.Suite;

namespace Plugins.Wasm.SpecTests.Running;

/// <summary>A command that did not do what the suite expects.</summary>
internal sealed record CommandFailure(SpecCommand Command, string Got)
{
    public override string ToString()
    {
        string expected = Command.Text ?? string.Join(", ", (object[])Command.Expected);
        string what = $"{Command.Type} {Command.Filename}{Command.Action}";
        return $"line {Command.Line}: {what} expected [{expected}], got {Got}";
    }
}
