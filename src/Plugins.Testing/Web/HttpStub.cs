using System.Net;
using System.Net.Http;

namespace Plugins.Testing.Web;

/// <summary>Stands where the network would be, behind the host's own checks of what a plugin sends.</summary>
internal sealed class HttpStub : HttpMessageHandler
{
    /// <summary>The test's answers; null until it gives some.</summary>
    internal Func<StubbedRequest, StubbedResponse>? Answer { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = Answer ?? throw new InvalidOperationException("No test answers http.send; StubHttp does.");
        var content = request.Content;
        var body = content is null ? [] : await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return ToMessage(answer(new StubbedRequest(
            request.Method.Method, request.RequestUri!, [.. HeadersOf(request)], body))); // The host always sets it.
    }

    private static IEnumerable<KeyValuePair<string, string>> HeadersOf(HttpRequestMessage request) =>
        request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default)
            .SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)));

    private static HttpResponseMessage ToMessage(StubbedResponse response)
    {
        var message = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            Content = new ReadOnlyMemoryContent(response.Body),
        };
        foreach (var (name, value) in response.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
