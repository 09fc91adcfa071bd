using Microsoft.Extensions.Configuration;

namespace Plugins.Host.Tests.Configuration;

/// <summary>Settings that a test changes, several at once.</summary>
internal sealed class ChangingSettings : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Sets values, and takes away those that are null.</summary>
    internal void Change(params (string Key, string? Value)[] values)
    {
        var data = new Dictionary<string, string?>(Data, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in values)
        {
            if (value is null)
            {
                data.Remove(key);
            }
            else
            {
                data[key] = value;
            }
        }

        Data = data;
        OnReload();
    }
}
