
namespace Plugins.Host.Calls.Exchange;

/// <summary>Carries the news that a capability's result is over its limit through the code that writes it.</summary>
internal sealed class ResultTooLargeException()
    : InvalidOperationException("The capability's result is larger than the plugin may receive.");
