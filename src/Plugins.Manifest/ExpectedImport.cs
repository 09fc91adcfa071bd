namespace Plugins.Manifest;

/// <summary>An import that the publisher says the module has.</summary>
/// <param name="Module">The import's module name.</param>
/// <param name="Name">The import's name in it.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record ExpectedImport(string Module, string Name);
