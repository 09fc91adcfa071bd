namespace Plugins.Testing.Cases;

/// <summary>How a case went.</summary>
public enum PluginCaseOutcome
{
    /// <summary>All was as the case says.</summary>
    Passed,

    /// <summary>Something was otherwise; the differences tell what.</summary>
    Failed,

    /// <summary>It was not run, as a plugin in process cannot be held to what it is about.</summary>
    Skipped,
}
