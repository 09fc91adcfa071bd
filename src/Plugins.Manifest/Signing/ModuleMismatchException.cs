namespace Plugins.Manifest.Signing;

/// <summary>The module is not the one that was signed.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class ModuleMismatchException : ManifestException
{
    /// <summary>Composes the message.</summary>
    /// <param name="plugin">The signed plugin.</param>
    /// <param name="expected">The module that the manifest describes.</param>
    /// <param name="actual">The module that was found.</param>
    public ModuleMismatchException(PluginId plugin, ManifestModule expected, ManifestModule actual)
        : base(ManifestErrorCode.ModuleMismatch, Compose(plugin, expected, actual))
    {
        Plugin = plugin;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>The signed plugin.</summary>
    public PluginId Plugin { get; }

    /// <summary>The module that the manifest describes.</summary>
    public ManifestModule Expected { get; }

    /// <summary>The module that was found.</summary>
    /// <value>The same as <see cref="Expected"/> when the statement does not list the module as its subject.</value>
    public ManifestModule Actual { get; }

    private static string Compose(PluginId plugin, ManifestModule expected, ManifestModule actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        return actual == expected
            ? $"The signed statement of {plugin} does not list the module {expected.Sha256} as its subject."
            : $"{plugin} is signed for the module {expected.Sha256} of {expected.Size} bytes, "
                + $"but this one is {actual.Sha256} of {actual.Size} bytes.";
    }
}
