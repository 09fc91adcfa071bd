namespace Plugins.Testing.Cases;

/// <summary>One difference between what a case expects and what happened.</summary>
/// <param name="What">The thing compared: output, call, logs, a variable; or case, where it could not be run.</param>
/// <param name="Expected">The expectation of the case.</param>
/// <param name="Actual">The actual outcome; text from the guest is escaped.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record PluginCaseDifference(string What, string Expected, string Actual)
{
    /// <inheritdoc/>
    public override string ToString() => $"{What}: expected {Expected}, but was {Actual}";
}
