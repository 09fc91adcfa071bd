using Plugins.Manifest.Text;

namespace Plugins.Host.Errors;

/// <summary>The guest reported a failure of its own by returning a number other than 0.</summary>
/// <remarks>Immutable. What it said is <see cref="PluginException.GuestMessage"/>.</remarks>
public sealed class PluginGuestException : PluginException
{
    private const int MaximumQuotedLength = 1024;

    internal PluginGuestException(in FailureSite site, int exitCode)
        : base(PluginErrorCode.Guest, site, Compose(site.GuestMessage, exitCode)) => ExitCode = exitCode;

    /// <summary>The code that the function returned.</summary>
    public int ExitCode { get; }

    private static string Compose(string? message, int exitCode) =>
        message is null
            ? $"the guest failed with code {exitCode}."
            : $"{VisibleText.Escape(message, MaximumQuotedLength)} (code {exitCode})";
}
