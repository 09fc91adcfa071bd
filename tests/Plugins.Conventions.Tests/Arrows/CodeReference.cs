namespace Plugins.Conventions.Tests.Arrows;

/// <summary>One place where a file names something that another file of its project declares.</summary>
/// <param name="From">The file that refers, from the project's folder, with forward slashes.</param>
/// <param name="Line">The line in it, counted from 1.</param>
/// <param name="To">The file that declares what is referred to.</param>
/// <param name="Name">What is referred to.</param>
internal sealed record CodeReference(string From, int Line, string To, string Name);
