using Microsoft.Extensions.Options;

namespace Plugins.Host.DependencyInjection;

/// <summary>Reports every fault of a host's options at once, at start where the application asks for that.</summary>
internal sealed class PluginHostOptionsValidator : IValidateOptions<PluginHostOptions>
{
    public ValidateOptionsResult Validate(string? name, PluginHostOptions options) =>
        options.FindFaults() is { Count: > 0 } faults
            ? ValidateOptionsResult.Fail(faults)
            : ValidateOptionsResult.Success;
}
