namespace Plugins.Host.Calls.Admission;

/// <summary>A call that has begun, and will tell how it ended.</summary>
internal interface ICallTicket
{
    /// <summary>The call has ended; once.</summary>
    /// <param name="failure">How; null where it succeeded.</param>
    void End(Exception? failure);
}
