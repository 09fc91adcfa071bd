using Plugins.Host.Errors;

namespace Plugins.Host.Calls.Admission;

/// <summary>Lets the calls of a plugin begin, or has them answered in another way.</summary>
/// <remarks>Safe for use by many threads.</remarks>
internal interface ICallGuard
{
    /// <summary>Lets a call begin; null where it may not.</summary>
    ICallTicket? TryBegin();

    /// <summary>What a call that may not begin is answered with.</summary>
    /// <param name="function">The function.</param>
    /// <param name="site">The call, for the message.</param>
    /// <exception cref="PluginException">It is not answered at all.</exception>
    ReadOnlyMemory<byte> AnswerInstead(string function, in FailureSite site);
}
