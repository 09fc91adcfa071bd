using System.Buffers;
using System.IO.Compression;
using System.Net.Http;

namespace Plugins.Host.Capabilities.Http;

/// <summary>Reads a response within its limits: an over-long one is left where it is.</summary>
internal static class GuestResponseReader
{
    private const int PieceBytes = 16 * 1024;

    internal static async ValueTask<GuestResponse> ReadAsync(
        HttpResponseMessage response,
        PluginHttpOptions options,
        int limit,
        bool decompress,
        CancellationToken cancellation)
    {
        var headers = ReadHeaders(response, options);
        if (response.Content.Headers.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var body = await ReadAsync(stream, limit, cancellation).ConfigureAwait(false);
        if (decompress && body.Length > 0 && CodingOf(headers) is { } coding)
        {
            body = await DecompressAsync(coding(body), limit, cancellation).ConfigureAwait(false);
            headers.RemoveAll(header => IsOfCoding(header.Key));
        }

        return new GuestResponse((int)response.StatusCode, headers, body);
    }

    private static List<KeyValuePair<string, string>> ReadHeaders(
        HttpResponseMessage response, PluginHttpOptions options)
    {
        var headers = new List<KeyValuePair<string, string>>();
        long bytes = 0;
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            foreach (var value in values)
            {
                bytes += name.Length + value.Length;
                headers.Add(KeyValuePair.Create(name, WithoutControls(value)));
            }
        }

        if (headers.Count > options.MaximumHeaders || bytes > options.MaximumHeaderBytes)
        {
            throw new HttpSendException(
                HttpFailureKind.ResponseTooLarge, $"the response has {headers.Count} headers of {bytes} bytes");
        }

        var ofConnection = headers
            .Where(header => header.Key.Equals("Connection", StringComparison.OrdinalIgnoreCase))
            .SelectMany(header => header.Value.Split(',', StringSplitOptions.TrimEntries))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        headers.RemoveAll(header => HeaderRules.IsHopByHop(header.Key) || ofConnection.Contains(header.Key));
        return headers;
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        Stream stream, int limit, CancellationToken cancellation)
    {
        var bytes = new ArrayBufferWriter<byte>();
        while (true)
        {
            // One byte past the limit is asked for, so that a body of exactly the limit passes.
            var size = (int)Math.Min(PieceBytes, (long)limit + 1 - bytes.WrittenCount);
            var count = await stream.ReadAsync(bytes.GetMemory(size)[..size], cancellation).ConfigureAwait(false);
            if (count == 0)
            {
                return bytes.WrittenMemory;
            }

            bytes.Advance(count);
            if (bytes.WrittenCount > limit)
            {
                throw TooLarge(limit);
            }
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> DecompressAsync(
        Stream stream, int limit, CancellationToken cancellation)
    {
        try
        {
            await using (stream.ConfigureAwait(false))
            {
                return await ReadAsync(stream, limit, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw new HttpSendException(HttpFailureKind.InvalidEncoding, exception.GetType().Name);
        }
    }

    // One coding only: lists of them are made by nobody but attackers.
    private static Func<ReadOnlyMemory<byte>, Stream>? CodingOf(List<KeyValuePair<string, string>> headers)
    {
        var codings = headers
            .Where(header => header.Key.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value.Trim())
            .ToArray();
        return codings switch
        {
            [] => null,
            [var only] when IsOneOf(only, "identity") => null,
            [var only] when IsOneOf(only, "gzip", "x-gzip") =>
                bytes => new GZipStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress),
            [var only] when IsOneOf(only, "br") =>
                bytes => new BrotliStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress),
            _ => throw new HttpSendException(HttpFailureKind.InvalidEncoding, "a coding that was not asked for"),
        };
    }

    private static bool IsOneOf(string coding, params ReadOnlySpan<string> names) =>
        names.Contains(coding, StringComparer.OrdinalIgnoreCase);

    // What was said of the content as it came is not true any more.
    private static bool IsOfCoding(string name) => name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase);

    private static string WithoutControls(string value) =>
        value.Any(char.IsControl) ? string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c)) : value;

    private static HttpSendException TooLarge(int limit) =>
        new(HttpFailureKind.ResponseTooLarge, $"the response's content is longer than {limit} bytes");
}
