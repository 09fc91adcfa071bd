namespace Plugins.Host.Capabilities.Variables;

/// <summary>The outcome of a compare-and-exchange.</summary>
/// <param name="Result">The outcome of the write.</param>
/// <param name="Present">After a mismatch, the present value, or null when there is none.</param>
/// <remarks>Immutable.</remarks>
public readonly record struct VariableExchange(VariableWriteResult Result, byte[]? Present);
