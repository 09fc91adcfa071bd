namespace Plugins.Testing.Cases;

/// <summary>The outcome of a case.</summary>
public enum PluginCaseOutcome
{
    /// <summary>The outcome is as the case expects.</summary>
    Passed,

    /// <summary>Something was not as expected; the differences say what.</summary>
    Failed,

    /// <summary>It was not run, because an in-process plugin cannot do what it is about.</summary>
    Skipped,
}
