using Plugins.Manifest.Permissions;
using Plugins.Manifest.Text;

namespace Plugins.Host.Capabilities.Http;

/// <summary>A header that the host adds to requests for a destination, whose value no guest sees.</summary>
internal sealed class HttpCredential
{
    private readonly Func<HttpCredentialRequest, CancellationToken, ValueTask<string?>> _provider;

    /// <exception cref="FormatException">The destination is no pattern.</exception>
    /// <exception cref="ArgumentException">The header cannot be set.</exception>
    internal HttpCredential(
        string destination,
        string header,
        Func<HttpCredentialRequest, CancellationToken, ValueTask<string?>> provider)
    {
        Destination = HostPattern.TryParse(destination, out var pattern)
            ? pattern
            : throw new FormatException($"'{VisibleText.Name(destination)}' is not a pattern of http.send.");
        if (!HeaderRules.IsName(header) || HeaderRules.IsOfContent(header) || HeaderRules.IsOfHost(header))
        {
            throw new ArgumentException(
                $"'{VisibleText.Name(header)}' is not a header for credentials.", nameof(header));
        }

        Header = header;
        _provider = provider;
    }

    internal HostPattern Destination { get; }

    internal string Header { get; }

    internal async ValueTask<string?> GetValueAsync(HttpCredentialRequest request, CancellationToken cancellation)
    {
        string? value;
        try
        {
            value = await _provider(request, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException
            || !cancellation.IsCancellationRequested)
        {
            // Its words may hold what it was about to give.
            var type = VisibleText.Name(exception.GetType().ToString());
            throw new HttpSendException(
                HttpFailureKind.CredentialFailed, $"The provider of {Header} for {Destination} threw {type}.");
        }

        return value is null || HeaderRules.IsValue(value) ? value : throw new HttpSendException(
            HttpFailureKind.CredentialFailed,
            $"The provider of {Header} for {Destination} gave characters that no header can have.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Header} for {Destination}";
}
