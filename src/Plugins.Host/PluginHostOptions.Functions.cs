using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Plugins.Host.Capabilities;
using Plugins.Host.Payloads;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Text;

namespace Plugins.Host;

public sealed partial class PluginHostOptions
{
    internal IReadOnlyCollection<Capability> Functions => _functions.Values;

    /// <summary>Offers plugins a function over bytes.</summary>
    /// <param name="name">The name guests import from <c>plugins:host/v1</c>: lowercase words joined by dots.</param>
    /// <param name="function">The function; called on many threads at once, for different calls.</param>
    /// <param name="permission">The permission the manifest must ask for; null for the function's name.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The name has another form, is built in, or was added before.</exception>
    /// <remarks>
    /// Offering a function grants nothing: <see cref="Permissions"/> does. A function <c>http.send</c> takes the place
    /// of the built-in one; what docs/http.md says of that is up to it then, the check of the scope included.
    /// </remarks>
    public PluginHostOptions AddFunction(string name, HostFunction function, string? permission = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Add(name, permission, (name, permission) => new HostFunctionCapability(name, permission, function));
    }

    /// <summary>Offers plugins an asynchronous function over bytes.</summary>
    /// <inheritdoc cref="AddFunction(string, HostFunction, string?)"/>
    /// <remarks>
    /// <para>Offering a function grants nothing: <see cref="Permissions"/> does.</para>
    /// <para>Asynchronous calls of plugins that are granted it run on guest threads: see
    /// <see cref="MaximumGuestThreads"/>. Synchronous ones wait for it on their caller's thread.</para>
    /// </remarks>
    public PluginHostOptions AddFunction(string name, AsyncHostFunction function, string? permission = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Add(
            name, permission, (name, permission) => new AsyncHostFunctionCapability(name, permission, function));
    }

    /// <summary>Offers plugins an asynchronous function over streams.</summary>
    /// <inheritdoc cref="AddFunction(string, AsyncHostFunction, string?)"/>
    [OverloadResolutionPriority(-1)]
    public PluginHostOptions AddFunction(string name, StreamHostFunction function, string? permission = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return AddFunction(name, HostFunctionAdapters.FromStreams(function), permission);
    }

    /// <summary>Offers plugins a function over text; null tells the guest that there is no such item.</summary>
    /// <inheritdoc cref="AddFunction(string, HostFunction, string?)"/>
    public PluginHostOptions AddFunction(
        string name, Func<PluginCallContext, string, string?> function, string? permission = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return AddFunction(name, HostFunctionAdapters.FromText(function), permission);
    }

    /// <summary>Offers plugins a function over JSON, read and written by source-generated code.</summary>
    /// <param name="name">The name guests import from <c>plugins:host/v1</c>: lowercase words joined by dots.</param>
    /// <param name="function">The function; called on many threads at once, for different calls.</param>
    /// <param name="requestType">Describes requests; other JSON fails with a message to the guest.</param>
    /// <param name="resultType">Describes results.</param>
    /// <param name="permission">The permission the manifest must ask for; null for the function's name.</param>
    /// <inheritdoc cref="AddFunction(string, HostFunction, string?)" path="/*[not(self::param)]"/>
    public PluginHostOptions AddFunction<TRequest, TResult>(
        string name,
        Func<PluginCallContext, TRequest?, TResult> function,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResult> resultType,
        string? permission = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(requestType);
        ArgumentNullException.ThrowIfNull(resultType);
        return AddFunction(name, HostFunctionAdapters.FromJson(function, requestType, resultType), permission);
    }

    /// <summary>Offers plugins an asynchronous function over text; null is an item that does not exist.</summary>
    /// <inheritdoc cref="AddFunction(string, AsyncHostFunction, string?)"/>
    public PluginHostOptions AddFunction(
        string name,
        Func<PluginCallContext, string, CancellationToken, ValueTask<string?>> function,
        string? permission = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return AddFunction(name, HostFunctionAdapters.FromText(function), permission);
    }

    /// <summary>Offers plugins an asynchronous function over JSON, read and written by source-generated code.</summary>
    /// <param name="name">The name guests import from <c>plugins:host/v1</c>: lowercase words joined by dots.</param>
    /// <param name="function">The function; called on many threads at once, for different calls.</param>
    /// <param name="requestType">Describes requests; other JSON fails with a message to the guest.</param>
    /// <param name="resultType">Describes results.</param>
    /// <param name="permission">The permission the manifest must ask for; null for the function's name.</param>
    /// <inheritdoc cref="AddFunction(string, AsyncHostFunction, string?)" path="/*[not(self::param)]"/>
    public PluginHostOptions AddFunction<TRequest, TResult>(
        string name,
        Func<PluginCallContext, TRequest?, CancellationToken, ValueTask<TResult>> function,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResult> resultType,
        string? permission = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(requestType);
        ArgumentNullException.ThrowIfNull(resultType);
        return AddFunction(name, HostFunctionAdapters.FromJson(function, requestType, resultType), permission);
    }

    /// <summary>Offers plugins a function over values in a format of the application's choice.</summary>
    /// <param name="name">The name guests import from <c>plugins:host/v1</c>: lowercase words joined by dots.</param>
    /// <param name="function">The function; called on many threads at once, for different calls.</param>
    /// <param name="format">Reads requests, such as MessagePack; others fail with a message to the guest.</param>
    /// <param name="permission">The permission the manifest must ask for; null for the function's name.</param>
    /// <exception cref="PayloadException">The format does not know a type, or cannot read it safely.</exception>
    /// <inheritdoc cref="AddFunction(string, HostFunction, string?)" path="/*[not(self::param)]"/>
    public PluginHostOptions AddFunction<TRequest, TResult>(
        string name,
        Func<PluginCallContext, TRequest, TResult> function,
        IPayloadFormat format,
        string? permission = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(format);
        return AddFunction(name, HostFunctionAdapters.FromFormat(function, format), permission);
    }

    /// <summary>Offers plugins an asynchronous function over values in a format of the application's choice.</summary>
    /// <param name="name">The name guests import from <c>plugins:host/v1</c>: lowercase words joined by dots.</param>
    /// <param name="function">The function; called on many threads at once, for different calls.</param>
    /// <param name="format">Reads requests, such as MessagePack; others fail with a message to the guest.</param>
    /// <param name="permission">The permission the manifest must ask for; null for the function's name.</param>
    /// <exception cref="PayloadException">The format does not know a type, or cannot read it safely.</exception>
    /// <inheritdoc cref="AddFunction(string, AsyncHostFunction, string?)" path="/*[not(self::param)]"/>
    public PluginHostOptions AddFunction<TRequest, TResult>(
        string name,
        Func<PluginCallContext, TRequest, CancellationToken, ValueTask<TResult>> function,
        IPayloadFormat format,
        string? permission = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(format);
        return AddFunction(name, HostFunctionAdapters.FromFormat(function, format), permission);
    }

    private PluginHostOptions Add(string name, string? permission, Func<string, string, Capability> make)
    {
        RequireName(name, nameof(name));
        permission ??= name;
        RequireName(permission, nameof(permission));
        var isTaken = name != CapabilityCatalog.Replaceable
            && CapabilityCatalog.BuiltIn.Any(capability => capability.Name == name);
        if (isTaken || !_functions.TryAdd(name, make(name, permission)))
        {
            throw new ArgumentException($"There is a function '{name}' already.", nameof(name));
        }

        return this;
    }

    private static void RequireName(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        if (!PermissionNames.IsValid(name))
        {
            throw new ArgumentException(
                $"'{VisibleText.Name(name)}' is not of the form [a-z][a-z0-9_]* with dots between.", parameter);
        }
    }
}
