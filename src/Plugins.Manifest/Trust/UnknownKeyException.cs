namespace Plugins.Manifest.Trust;

/// <summary>No key of the trust policy verifies any signature.</summary>
/// <remarks>
/// Where the file does not name its key, a changed manifest looks the same as one by a stranger. Immutable once thrown.
/// </remarks>
public sealed class UnknownKeyException : ManifestException
{
    /// <summary>Composes the message.</summary>
    /// <param name="keyHints">Names of keys that the file claims.</param>
    public UnknownKeyException(IReadOnlyList<string> keyHints)
        : base(ManifestErrorCode.UnknownKey, "No key of the trust policy verifies the plugin's signature.")
    {
        KeyHints = keyHints;
    }

    /// <summary>The key hints in the file, which prove nothing.</summary>
    /// <value>Empty when it says nothing.</value>
    public IReadOnlyList<string> KeyHints { get; }
}
