using System.Text;
using Microsoft.Extensions.Configuration;
using Plugins.Host.Loading;
using Plugins.Manifest.Text;
using Plugins.Manifest.Trust;

namespace Plugins.Host.Configuration;

/// <summary>A trust policy out of the path of a policy file, or of publishers with keys.</summary>
/// <remarks>A key is a PEM block or the path of a file that holds one.</remarks>
internal static class TrustSettings
{
    private const string Key = nameof(PluginHostOptions.TrustPolicy);
    private const int MaximumFileBytes = 1 << 20;

    /// <summary>Null where the configuration says nothing of trust, or something faulty.</summary>
    internal static TrustPolicy? Read(SettingsReader section, IConfiguration configuration, List<string> faults)
    {
        var publishers = configuration.GetSection(Key).GetChildren().ToArray();
        try
        {
            if (publishers.Length == 0)
            {
                return section.Text(Key) is { } path ? TrustPolicy.FromJson(ReadFile(path)) : null;
            }

            section.Section(Key);
            return TrustPolicy.Create(OptionsOf(publishers));
        }
        catch (TrustPolicyException exception)
        {
            section.Fail(Key, $"is faulty: {exception.Message.TrimEnd('.')}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            section.Fail(Key, $"cannot be read: {VisibleText.Escape(exception.Message.TrimEnd('.'))}");
        }

        return null;
    }

    private static TrustPolicyOptions OptionsOf(IReadOnlyList<IConfigurationSection> publishers)
    {
        var keys = new List<TrustedKeyOptions>();
        var entries = new List<TrustedPublisherOptions>();
        foreach (var publisher in publishers)
        {
            IConfigurationSection[] own = publisher.Value is null ? [.. publisher.GetChildren()] : [publisher];
            var named = own.Select((key, index) => new TrustedKeyOptions
            {
                Name = $"{publisher.Key}-{index + 1}",
                Pem = PemOf(key.Value ?? string.Empty),
            }).ToArray();
            keys.AddRange(named);
            entries.Add(new TrustedPublisherOptions
            {
                Name = publisher.Key,
                Keys = [.. named.Select(key => key.Name)],
            });
        }

        return new TrustPolicyOptions { Keys = keys, Publishers = entries };
    }

    private static string PemOf(string text)
    {
        var isPath = text.Length > 0 && !text.Contains("-----BEGIN", StringComparison.Ordinal);
        return isPath ? Encoding.UTF8.GetString(ReadFile(text)) : text;
    }

    private static byte[] ReadFile(string path)
    {
        var bytes = RegularFile.Read(path, MaximumFileBytes + 1);
        return bytes.Length <= MaximumFileBytes
            ? bytes
            : throw new IOException($"The file '{VisibleText.Name(path)}' has more than {MaximumFileBytes} bytes.");
    }
}
