namespace Plugins.Host.Generator.Shapes;

/// <summary>What a method takes or returns.</summary>
/// <param name="Kind">How it crosses.</param>
/// <param name="Type">Its type, as generated code writes it.</param>
/// <param name="Name">The parameter's name; empty for results.</param>
internal sealed record CarriedValue(CarriedKind Kind, string Type = "", string Name = "")
{
    public static CarriedValue Nothing { get; } = new(CarriedKind.Nothing);
}
