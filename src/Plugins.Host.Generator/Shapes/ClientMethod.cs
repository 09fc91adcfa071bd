namespace Plugins.Host.Generator.Shapes;

/// <summary>A method of a client.</summary>
/// <param name="Signature">Its head, without modifiers.</param>
/// <param name="Function">The plugin's function.</param>
/// <param name="IsAsync">Whether it returns a task.</param>
/// <param name="Input">What it takes; of streams, the name is that of the one that is read.</param>
/// <param name="Output">What it returns; of streams, the name is that of the one that is written.</param>
/// <param name="Form">What it makes of the result.</param>
/// <param name="Tenant">The tenant's parameter, or an empty text.</param>
/// <param name="Options">The options' parameter, or an empty text.</param>
/// <param name="Cancellation">The token's parameter, or an empty text.</param>
internal sealed record ClientMethod(
    string Signature,
    string Function,
    bool IsAsync,
    CarriedValue Input,
    CarriedValue Output,
    ResultForm Form,
    string Tenant,
    string Options,
    string Cancellation);
