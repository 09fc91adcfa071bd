using Plugins.Manifest.Text;

namespace Plugins.Manifest;

/// <summary>The manifest marks as critical a field that this version does not know.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class UnknownCriticalException : ManifestException
{
    /// <summary>Composes the message.</summary>
    /// <param name="field">The field.</param>
    public UnknownCriticalException(string field)
        : base(
            ManifestErrorCode.UnknownCritical,
            $"The manifest's critical field '{VisibleText.Name(field)}' is not known here.")
    {
        Field = field;
    }

    /// <summary>The critical field that is unknown.</summary>
    public string Field { get; }
}
