using System.Buffers;
using System.Text;
using Plugins.Host.Capabilities;

namespace Plugins.Testing.Cases;

/// <summary>What the functions of an imagined application answer, by the text of the request.</summary>
internal sealed class ApplicationAnswers(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, ApplicationAnswer>> functions)
{
    /// <summary>Answers requests that no entry names.</summary>
    internal const string AnyRequest = "*";

    /// <summary>The functions, by name.</summary>
    internal IReadOnlyDictionary<string, HostFunction> Functions { get; } = functions.ToDictionary(
        function => function.Key,
        HostFunction (function) => (_, request, result) => Answer(function.Value, request, result),
        StringComparer.Ordinal);

    internal void AddTo(PluginTestHost host)
    {
        foreach (var (name, answer) in Functions)
        {
            host.Stub(name, answer);
        }
    }

    private static CapabilityStatus Answer(
        IReadOnlyDictionary<string, ApplicationAnswer> answers, ReadOnlySpan<byte> request, IBufferWriter<byte> result)
    {
        if (!answers.TryGetValue(Encoding.UTF8.GetString(request), out var answer)
            && !answers.TryGetValue(AnyRequest, out answer))
        {
            return CapabilityStatus.NotFound;
        }

        if (answer.Message is { } message)
        {
            throw new GuestVisibleException(message);
        }

        result.Write(answer.Echo ? request : answer.Result);
        return answer.Status;
    }
}
