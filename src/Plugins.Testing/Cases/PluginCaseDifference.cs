namespace Plugins.Testing.Cases;

/// <summary>One thing that came out otherwise than a case says.</summary>
/// <param name="What">output, call, logs, a variable; or case, where it could not be run.</param>
/// <param name="Expected">What the case says.</param>
/// <param name="Actual">What came out; what the guest wrote is escaped.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record PluginCaseDifference(string What, string Expected, string Actual)
{
    /// <inheritdoc/>
    public override string ToString() => $"{What}: expected {Expected}, but was {Actual}";
}
