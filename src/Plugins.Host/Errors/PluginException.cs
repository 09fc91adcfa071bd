using Plugins.Manifest;
using Plugins.Manifest.Text;

namespace Plugins.Host.Errors;

/// <summary>Root of the exceptions that the host throws about a plugin, at load and in calls.</summary>
/// <remarks>
/// Misuse of the API throws the base library's argument and state exceptions instead, and a call its caller
/// cancels throws <see cref="OperationCanceledException"/>. Message and <see cref="ToString"/> are bounded and harmless
/// to terminals and logs, whatever the guest wrote; other properties and the inner exception are not. Immutable once
/// thrown.
/// </remarks>
public abstract class PluginException : Exception
{
    private protected PluginException(
        PluginErrorCode code, in FailureSite site, string problem, Exception? innerException = null)
        : base(VisibleText.Escape(site.Describe(problem), VisibleText.MaximumMessageLength), innerException)
    {
        Code = code;
        Phase = site.Phase;
        Plugin = site.Plugin;
        Function = site.Function;
        GuestMessage = site.GuestMessage;
        CallId = site.CallId;
    }

    /// <summary>The stable cause, for programs; the message is for people.</summary>
    public PluginErrorCode Code { get; }

    /// <summary>The phase in which it happened: load, initialisation or call.</summary>
    public PluginPhase Phase { get; }

    /// <summary>The plugin that failed.</summary>
    /// <value>Null when the manifest that names it could not be read or trusted.</value>
    public PluginId? Plugin { get; }

    /// <summary>The function that was called.</summary>
    /// <value>Null unless <see cref="Phase"/> is <see cref="PluginPhase.Call"/>.</value>
    public string? Function { get; }

    /// <summary>The call's id in the log: <see cref="PluginCallOptions.CallId"/>, or one that was made up.</summary>
    /// <value>
    /// Null at load, and for calls that failed before the guest ran or after it had returned, if they gave none.
    /// </value>
    /// <remarks>The application's own words, which are often those of a request.</remarks>
    public string? CallId { get; }

    /// <summary>Text that the guest wrote with <c>error_write</c> before it failed.</summary>
    /// <value>Null when it wrote nothing.</value>
    /// <remarks>
    /// Written by the guest: <see cref="VisibleText"/> makes it harmless. No longer than the limit on error bytes.
    /// </remarks>
    public string? GuestMessage { get; }

    /// <summary>Type, message, causes and stacks, as <see cref="VisibleText.Describe"/> shows them.</summary>
    /// <returns>At most <see cref="VisibleText.MaximumDescriptionLength"/> UTF-16 units.</returns>
    public sealed override string ToString() => VisibleText.Describe(this);
}
