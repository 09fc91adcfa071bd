using System.CommandLine;
using System.Text;
using Plugins.Cli.Failures;
using Plugins.Cli.Files;
using Plugins.Cli.Terminals;
using Plugins.Manifest;
using Plugins.Manifest.Trust;

namespace Plugins.Cli.Hosting;

/// <summary>Whose signatures count: a policy file, or one public key.</summary>
internal sealed class TrustOptions
{
    internal Option<string?> Key { get; } = new("--key", "-k")
    {
        Description = "Trusts this public key (PEM), for any publisher unless --publisher names one.",
        HelpName = "file",
    };

    internal Option<string?> Publisher { get; } = new("--publisher")
    {
        Description = "Trusts the key for this publisher only.",
        HelpName = "name",
    };

    internal Option<string?> Policy { get; } = new("--trust")
    {
        Description = "Trusts the keys of this trust policy; docs/signing.md has the format.",
        HelpName = "file",
    };

    internal Option<string[]> Audience { get; } = new("--audience")
    {
        Description = "The name of an application or tenant that the plugin must be made for. Repeatable.",
        HelpName = "name",
    };

    internal void AddTo(Command command)
    {
        command.Add(Key);
        command.Add(Publisher);
        command.Add(Policy);
        command.Add(Audience);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Key) is not null && result.GetValue(Policy) is not null)
            {
                result.AddError("--key and --trust cannot both say whom to trust.");
            }

            if (result.GetValue(Publisher) is not null && result.GetValue(Key) is null)
            {
                result.AddError("--publisher needs --key.");
            }
        });
    }

    /// <summary>Null where nobody was named.</summary>
    internal TrustPolicy? Read(ParseResult line, Surroundings surroundings)
    {
        if (line.GetValue(Policy) is { } policy)
        {
            return FromPolicy(surroundings.PathOf(policy), policy);
        }

        return line.GetValue(Key) is { } key ? FromKey(surroundings.PathOf(key), line.GetValue(Publisher)) : null;
    }

    private static TrustPolicy FromPolicy(string path, string name)
    {
        var text = BoundedFile.Read(path, BoundedFile.MaximumSignatureBytes, "trust policy");
        try
        {
            return TrustPolicy.FromJson(text);
        }
        catch (TrustPolicyException exception) when (exception.InnerException is ManifestFormatException fault)
        {
            throw new CommandException(FileFault.Of(fault, name, text), exception);
        }
    }

    private static TrustPolicy FromKey(string path, string? publisher)
    {
        var pem = Encoding.UTF8.GetString(BoundedFile.Read(path, BoundedFile.MaximumSignatureBytes, "public key"));
        if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            throw CommandException.Usage(
                $"{path} is a private key.",
                "Verifying takes the public key, and only the publisher should have this one.",
                "Pass the .pub file that plugins keygen wrote beside it.");
        }

        try
        {
            var name = Path.GetFileName(path);
            return TrustPolicy.Create(new TrustPolicyOptions
            {
                Keys = [new TrustedKeyOptions { Name = name, Pem = pem }],
                Publishers =
                [
                    new TrustedPublisherOptions { Name = publisher ?? TrustPolicy.AnyPublisher, Keys = [name] },
                ],
            });
        }
        catch (TrustPolicyException exception)
        {
            throw new CommandException(
                Complaint.Usage(
                    $"{path} is not a public key that signatures can be checked with.",
                    string.Join("; ", exception.Faults.Select(fault => fault.Problem)),
                    "Keys are P-256 in PEM, as plugins keygen writes them."),
                exception);
        }
    }
}
