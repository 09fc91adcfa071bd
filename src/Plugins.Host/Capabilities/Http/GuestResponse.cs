namespace Plugins.Host.Capabilities.Http;

/// <summary>A response as the guest gets it.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">Names and values, without those about the connection.</param>
/// <param name="Body">The content, decompressed where the host asked for compression.</param>
internal sealed record GuestResponse(
    int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);
