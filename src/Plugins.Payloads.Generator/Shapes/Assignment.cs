namespace Plugins.Payloads.Generator.Shapes;

/// <summary>How what was read gets into the object.</summary>
internal enum Assignment
{
    /// <summary>Not at all: the member is known, and what a document says about it is skipped.</summary>
    Skipped,

    /// <summary>As an argument of the constructor.</summary>
    Constructor,

    /// <summary>In the object initializer, in every case: the member is <c>required</c>.</summary>
    Required,

    /// <summary>In the object initializer, for it cannot be set later.</summary>
    InitOnly,

    /// <summary>By its setter, only when the document has it.</summary>
    Setter,
}
