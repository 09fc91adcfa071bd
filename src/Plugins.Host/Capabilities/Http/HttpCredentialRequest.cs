using Plugins.Manifest;

namespace Plugins.Host.Capabilities.Http;

/// <summary>A request of a plugin that is about to be sent, for whoever adds a credential to it.</summary>
/// <param name="Plugin">The plugin. An unsigned one may claim any id: see <paramref name="IsSigned"/>.</param>
/// <param name="IsSigned">True if the plugin was loaded with a verified signature.</param>
/// <param name="Tenant">The tenant on whose behalf the call is made; null for the application itself.</param>
/// <param name="CallId">The call's id.</param>
/// <param name="Method">The request's method.</param>
/// <param name="Address">The absolute address, as it is sent.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record HttpCredentialRequest(
    PluginId Plugin, bool IsSigned, string? Tenant, string CallId, string Method, Uri Address);
