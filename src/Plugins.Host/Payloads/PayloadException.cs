using Plugins.Manifest.Text;

namespace Plugins.Host.Payloads;

/// <summary>Root of the exceptions for values and documents that a payload format refuses.</summary>
/// <remarks>
/// Carries data in properties. When a plugin's output is refused, it is the inner exception of what the call throws.
/// Message and <see cref="ToString"/> are bounded and harmless to terminals and logs, whatever the document holds.
/// </remarks>
public abstract class PayloadException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">One sentence; shortened and escaped here.</param>
    /// <param name="innerException">The parser's exception, where there is one.</param>
    protected PayloadException(string message, Exception? innerException = null)
        : base(VisibleText.Escape(message, VisibleText.MaximumMessageLength), innerException)
    {
    }

    /// <summary>Type, message, causes and stacks, as <see cref="VisibleText.Describe"/> shows them.</summary>
    /// <returns>At most <see cref="VisibleText.MaximumDescriptionLength"/> UTF-16 units.</returns>
    public sealed override string ToString() => VisibleText.Describe(this);
}
