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
    internal static TrustPolicy? Read(
        SettingsReader section, IConfiguration configuration, string root, List<string> faults)
    {
        var publishers = configuration.GetSection(Key).GetChildren().ToArray();
        try
        {
            if (publishers.Length == 0)
            {
                return section.Text(Key) is { } path ? ReadPolicy(section, path, root) : null;
            }

            section.Section(Key);
            var present = faults.Count;
            var options = OptionsOf(publishers, root, faults);
            return faults.Count == present ? TrustPolicy.Create(options) : null;
        }
        catch (TrustPolicyException exception)
        {
            section.Fail(Key, $"is faulty: {string.Join("; ", exception.Faults)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            section.Fail(Key, Unreadable(exception));
        }

        return null;
    }

    private static TrustPolicy? ReadPolicy(SettingsReader section, string path, string root)
    {
        var bytes = IsPem(path) ? Encoding.UTF8.GetBytes(path) : ReadFile(path, root);
        if (!bytes.AsSpan().StartsWith("-----BEGIN"u8))
        {
            return TrustPolicy.FromJson(bytes);
        }

        section.Fail(Key, "is a key; it belongs below the name of its publisher");
        return null;
    }

    private static TrustPolicyOptions OptionsOf(
        IReadOnlyList<IConfigurationSection> publishers, string root, List<string> faults)
    {
        var keys = new List<TrustedKeyOptions>();
        var entries = new List<TrustedPublisherOptions>();
        foreach (var publisher in publishers)
        {
            IConfigurationSection[] own = publisher.Value is null ? [.. publisher.GetChildren()] : [publisher];
            var named = own.Select((key, index) => new TrustedKeyOptions
            {
                Name = $"{publisher.Key}-{index + 1}",
                Pem = PemOf(key, root, faults),
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

    private static string PemOf(IConfigurationSection key, string root, List<string> faults)
    {
        var text = key.Value ?? string.Empty;
        if (text.Length == 0 || IsPem(text))
        {
            return text;
        }

        try
        {
            return Encoding.UTF8.GetString(ReadFile(text, root));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{VisibleText.Name(key.Path)} {Unreadable(exception)}.");
            return string.Empty;
        }
    }

    private static bool IsPem(string text) => text.Contains("-----BEGIN", StringComparison.Ordinal);

    private static string Unreadable(Exception exception) =>
        $"cannot be read: {VisibleText.Escape(exception.Message.TrimEnd('.'))}";

    /// <summary>Reads a file by its full path, so that an error tells which folder a relative one began at.</summary>
    private static byte[] ReadFile(string path, string root)
    {
        var bytes = RegularFile.Read(Path.GetFullPath(path, root), MaximumFileBytes + 1);
        return bytes.Length <= MaximumFileBytes
            ? bytes
            : throw new IOException($"The file '{VisibleText.Name(path)}' has more than {MaximumFileBytes} bytes.");
    }
}
