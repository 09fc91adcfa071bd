namespace Plugins.Host.Capabilities.Http;

/// <summary>A guest's request, which has the form that this host sends.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Address">Absolute, http or https, without user information and fragment.</param>
/// <param name="Headers">None that is the host's.</param>
/// <param name="Body">Empty where there is none.</param>
internal sealed record GuestRequest(
    string Method, Uri Address, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Scheme, host and port, which hold no secret of the guest's.</summary>
    internal string Origin => Address.GetLeftPart(UriPartial.Authority);

    internal bool Has(string header) => Headers.Any(entry => HeaderRules.AreSame(entry.Key, header));
}
