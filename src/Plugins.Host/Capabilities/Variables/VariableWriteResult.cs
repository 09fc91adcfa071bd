namespace Plugins.Host.Capabilities.Variables;

/// <summary>The outcome of writing a variable.</summary>
public enum VariableWriteResult
{
    /// <summary>It was written.</summary>
    Written,

    /// <summary>It was not written, because its present value is not the expected one.</summary>
    Mismatch,

    /// <summary>The value is longer than the store takes.</summary>
    ValueTooLarge,

    /// <summary>The tenant's plugin has no room left for this value.</summary>
    StoreFull,
}
