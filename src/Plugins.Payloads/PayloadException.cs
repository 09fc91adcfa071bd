namespace Plugins.Payloads;

/// <summary>Root of everything that this package refuses; the host turns it into its own error.</summary>
/// <remarks>Carries data in typed properties, so that nobody parses the message.</remarks>
public abstract class PayloadException : Exception
{
    private protected PayloadException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
