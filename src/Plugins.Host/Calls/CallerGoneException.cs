namespace Plugins.Host.Calls;

/// <summary>Ends a call whose caller was let go; nobody sees it.</summary>
internal sealed class CallerGoneException() : Exception("The caller of this call waits for it no more.");
