namespace Plugins.Manifest;

/// <summary>The manifest's schema version is not one that this package reads.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class UnsupportedSchemaException : ManifestException
{
    /// <summary>Composes the message.</summary>
    /// <param name="schemaVersion">The manifest's schema version.</param>
    public UnsupportedSchemaException(long schemaVersion)
        : base(
            ManifestErrorCode.UnsupportedSchema,
            $"The manifest's schema version is {schemaVersion}, not {PluginManifest.CurrentSchemaVersion}.")
    {
        SchemaVersion = schemaVersion;
    }

    /// <summary>The manifest's schema version.</summary>
    public long SchemaVersion { get; }
}
