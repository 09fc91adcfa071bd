using System.Buffers;
using System.Text;
using Plugins.Host.Capabilities;
using Plugins.Manifest.Permissions;
using Plugins.Testing.Web;

namespace Plugins.Testing;

public sealed partial class PluginTestHost
{
    private readonly Dictionary<string, HostFunction> _stubs = new(StringComparer.Ordinal);
    private readonly HttpStub _http = new();

    /// <summary>Offers a host function and grants it; a later stub of the same name replaces it.</summary>
    /// <param name="function">The name that guests import from <c>plugins:host/v1</c>.</param>
    /// <param name="answer">The function; concurrent calls may run it on many threads at once.</param>
    /// <returns>This host.</returns>
    /// <remarks>The first stub of a name must come before the load of a plugin that imports it.</remarks>
    public PluginTestHost Stub(string function, HostFunction answer)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(answer);
        if (!_stubs.ContainsKey(function))
        {
            Options.AddFunction(function, (context, request, result) => _stubs[function](context, request, result));
        }

        _stubs[function] = answer;
        return function == PermissionNames.HttpSend ? this : Grant(function);
    }

    /// <summary>Offers a host function over text; a null answer tells the guest that there is no such item.</summary>
    /// <inheritdoc cref="Stub(string, HostFunction)" path="/*[not(self::summary)]"/>
    public PluginTestHost Stub(string function, Func<string, string?> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Stub(function, (_, request, result) =>
        {
            if (answer(Encoding.UTF8.GetString(request)) is not { } text)
            {
                return CapabilityStatus.NotFound;
            }

            result.Write(Encoding.UTF8.GetBytes(text));
            return CapabilityStatus.Success;
        });
    }

    /// <summary>Offers a host function that always answers with the same text.</summary>
    /// <inheritdoc cref="Stub(string, HostFunction)" path="/*[not(self::summary)]"/>
    public PluginTestHost Stub(string function, string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Stub(function, _ => answer);
    }

    /// <summary>Offers a host function that always fails.</summary>
    /// <param name="function">The name that guests import from <c>plugins:host/v1</c>.</param>
    /// <param name="status">The status that the guest gets.</param>
    /// <param name="message">The message that the guest gets with <see cref="CapabilityStatus.Failed"/>.</param>
    /// <returns>This host.</returns>
    public PluginTestHost StubFailure(string function, CapabilityStatus status, string message = "")
    {
        ArgumentNullException.ThrowIfNull(message);
        return Stub(function, (_, _, result) =>
        {
            result.Write(Encoding.UTF8.GetBytes(message));
            return status;
        });
    }

    /// <summary>Answers <c>http.send</c> in place of the network, for requests that the host would send.</summary>
    /// <param name="answer">The function; concurrent calls may run it on many threads at once.</param>
    /// <returns>This host.</returns>
    /// <exception cref="InvalidOperationException">The function <c>http.send</c> is stubbed as a whole.</exception>
    /// <remarks>
    /// It grants nothing: use <see cref="GrantWithin"/>, because a plugin may not ask for all addresses. The host's own
    /// code checks and limits what plugins send, and follows the redirects of these answers.
    /// </remarks>
    public PluginTestHost StubHttp(Func<StubbedRequest, StubbedResponse> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (_stubs.ContainsKey(PermissionNames.HttpSend))
        {
            throw new InvalidOperationException("http.send is stubbed as a whole already.");
        }

        _http.Answer = answer;
        return this;
    }
}
