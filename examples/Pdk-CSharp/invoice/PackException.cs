namespace Invoice;

/// <summary>The value that begins at the reader's start is refused.</summary>
internal sealed class PackException(string fault) : Exception(fault);
