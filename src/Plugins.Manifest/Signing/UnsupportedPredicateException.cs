using Plugins.Manifest.Text;

namespace Plugins.Manifest.Signing;

/// <summary>The signed statement is not a plugin manifest that this version can read.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class UnsupportedPredicateException : ManifestException
{
    /// <summary>Composes the message.</summary>
    /// <param name="predicateType">The predicate type that the statement names.</param>
    public UnsupportedPredicateException(string predicateType)
        : base(
            ManifestErrorCode.UnsupportedPredicate,
            $"The signed statement is '{VisibleText.Name(predicateType)}', not '{InTotoStatement.PredicateType}'.")
    {
        PredicateType = predicateType;
    }

    /// <summary>The predicate type that the statement names.</summary>
    public string PredicateType { get; }
}
