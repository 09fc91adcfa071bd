namespace Plugins.Payloads.Generator.Shapes;

/// <summary>A property or field of a payload.</summary>
/// <param name="Identifier">Its name in C#, escaped where that is a keyword.</param>
/// <param name="Name">Its name in documents.</param>
/// <param name="Key">Its integer key, where it has one instead.</param>
/// <param name="Written">How it is written.</param>
/// <param name="Read">How it is read: a constructor's parameter or an annotation may demand more or less.</param>
/// <param name="Assignment">How what was read gets into the object.</param>
/// <param name="Omission">When it is left out on writing.</param>
/// <param name="IsRequiredByLanguage">Whether C# demands it in the object initializer, come what may.</param>
/// <param name="IsRequired">Whether a document without it is refused.</param>
/// <param name="Default">What it has when a document lacks it, as an expression; null asks a fresh object.</param>
internal sealed record MemberShape(
    string Identifier,
    string Name,
    int? Key,
    ValueShape Written,
    ValueShape Read,
    Assignment Assignment,
    Omission Omission,
    bool IsRequiredByLanguage,
    bool IsRequired,
    string? Default)
{
    public string Local => "value" + Identifier.TrimStart('@');

    public bool IsWritten => Omission is not Omission.Always;

    /// <summary>Whether its value is needed to make the object, and waits in a local until all are read.</summary>
    public bool IsNeededFirst => Assignment is Assignment.Constructor or Assignment.Required or Assignment.InitOnly;

    public bool IsInInitializer => Assignment is Assignment.Required or Assignment.InitOnly
        || (Assignment is Assignment.Constructor && IsRequiredByLanguage);
}
