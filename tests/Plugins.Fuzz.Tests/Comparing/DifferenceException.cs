namespace Plugins.Fuzz.Tests.Comparing;

/// <summary>Ends a comparison at the first difference.</summary>
internal sealed class DifferenceException(string what) : Exception(what);
