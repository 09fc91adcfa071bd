using System.Collections.Frozen;
using Plugins.Host.Capabilities;
using Plugins.Host.Errors;

namespace Plugins.Host.Telemetry;

/// <summary>The attribute <c>error.type</c>: a closed set, whatever was thrown.</summary>
internal static class ErrorType
{
    /// <summary>OpenTelemetry's word for what has none of its own.</summary>
    internal const string Other = "_OTHER";

    private static readonly FrozenDictionary<PluginErrorCode, string> Names =
        Enum.GetValues<PluginErrorCode>().ToFrozenDictionary(code => code, code => NameOf(code.ToString()));

    private static readonly FrozenDictionary<CapabilityStatus, string> StatusNames =
        Enum.GetValues<CapabilityStatus>().ToFrozenDictionary(status => status, status => NameOf(status.ToString()));

    internal static string Of(Exception exception) => exception switch
    {
        PluginException plugin => Names.GetValueOrDefault(plugin.Code, Other),
        OperationCanceledException => "cancelled",
        ObjectDisposedException => "disposed",
        IOException or UnauthorizedAccessException => "io",
        ArgumentException or InvalidOperationException => "misuse",
        _ => Other,
    };

    /// <summary>A host function's answer that is no success.</summary>
    internal static string NameOf(CapabilityStatus status) => StatusNames.GetValueOrDefault(status, Other);

    /// <summary>Words with capitals as <c>words_with_lines</c>.</summary>
    internal static string NameOf(string name) => string.Concat(name.Select((letter, index) =>
        char.IsUpper(letter) ? (index == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));
}
