using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Plugins.Host.Tests.Configuration.Schema;

/// <summary>A section of a configuration that notes which keys are asked for.</summary>
internal sealed class WatchedSection(IConfigurationSection section, AskedKeys keys) : IConfigurationSection
{
    public string Key => section.Key;

    public string Path => section.Path;

    public string? Value
    {
        get => section.Value;
        set => section.Value = value;
    }

    public string? this[string key]
    {
        get => section[key];
        set => section[key] = value;
    }

    public IConfigurationSection GetSection(string key)
    {
        var below = section.GetSection(key);
        keys.Add(below.Path);
        return new WatchedSection(below, keys);
    }

    public IEnumerable<IConfigurationSection> GetChildren() =>
        section.GetChildren().Select(child => new WatchedSection(child, keys));

    public IChangeToken GetReloadToken() => section.GetReloadToken();
}
