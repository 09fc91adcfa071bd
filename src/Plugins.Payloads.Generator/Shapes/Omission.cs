namespace Plugins.Payloads.Generator.Shapes;

/// <summary>When a member is left out on writing.</summary>
internal enum Omission
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>When it is null.</summary>
    WhenNull,

    /// <summary>When it has its type's default value.</summary>
    WhenDefault,

    /// <summary>Always: it is only read.</summary>
    Always,
}
