namespace Plugins.Host.Calls.Exchange;

/// <summary>The owner of a buffer once the call has ended.</summary>
internal enum BufferOwner
{
    /// <summary>The next call of the same instance.</summary>
    NextCall,

    /// <summary>The pool that everything shares.</summary>
    Pool,

    /// <summary>The caller, as the result.</summary>
    Caller,
}
