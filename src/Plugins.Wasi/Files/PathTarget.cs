namespace Plugins.Wasi.Files;

/// <summary>Where a path leads: a name in a directory, which may not exist.</summary>
/// <param name="Parent">The directory.</param>
/// <param name="Name">The name; <c>.</c> for the directory itself.</param>
/// <param name="EndsAsDirectory">The path says that it is a directory.</param>
internal readonly record struct PathTarget<T>(T Parent, string Name, bool EndsAsDirectory);
