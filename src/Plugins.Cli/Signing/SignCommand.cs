using System.CommandLine;
using System.Security.Cryptography;
using Plugins.Cli.Commands;
using Plugins.Cli.Failures;
using Plugins.Cli.Files;
using Plugins.Cli.Hosting;
using Plugins.Cli.Sources;
using Plugins.Cli.Terminals;
using Plugins.Manifest;
using Plugins.Manifest.Signing;

namespace Plugins.Cli.Signing;

/// <summary><c>plugins sign</c>: signs a manifest, and with it the module.</summary>
internal static class SignCommand
{
    private static readonly Argument<string> Plugin = new("plugin")
    {
        Description = "A folder with plugin.wasm and manifest.json, or a .wasm file with --manifest.",
    };

    private static readonly Option<string> Key = new("--key", "-k")
    {
        Description = "The private key (PEM).",
        HelpName = "file",
        Required = true,
    };

    private static readonly Option<string?> ManifestOption = new("--manifest")
    {
        Description = "The manifest, instead of the manifest.json beside the module.",
        HelpName = "file",
    };

    private static readonly Option<string?> Expires = new("--expires")
    {
        Description = "When the signature ends, in days from now; overrides expiresAt of the manifest.",
        HelpName = "days",
    };

    private static readonly Option<bool> Envelope = new("--envelope")
    {
        Description = "Writes a DSSE envelope, which takes several signatures, instead of a Sigstore bundle.",
    };

    private static readonly Option<bool> Add = new("--add")
    {
        Description = "Adds a signature to what others signed, instead of signing anew. Verify it first.",
    };

    private static readonly PassphraseOption Passphrase = new();

    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command("sign", "Signs a plugin's manifest together with its module.")
        {
            Plugin, Key, ManifestOption, Expires, Envelope, Add,
        };
        command.Add(Passphrase.Option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Add) && (result.GetValue(Expires) ?? result.GetValue(ManifestOption)) is not null)
            {
                result.AddError("--add signs what others signed, as it is: without --manifest and --expires.");
            }
        });
        command.Answers(surroundings, (line, _) => Sign(line, surroundings));
        return command;
    }

    private static SignAnswer Sign(ParseResult line, Surroundings surroundings)
    {
        var source = PluginSource.Open(surroundings, line.GetRequiredValue(Plugin), line.GetValue(ManifestOption));
        var isAdded = line.GetValue(Add);
        var manifest = isAdded ? RequireModule(ClaimedBy(source), source)
            : ManifestOf(source, line, surroundings.Time.GetUtcNow());
        using var key = PrivateKeyFile.Read(
            surroundings.PathOf(line.GetRequiredValue(Key)), Passphrase, line, surroundings);
        RequireCurve(key);
        var isEnvelope = isAdded || line.GetValue(Envelope);
        var file = isAdded ? AddTo(source, key)
            : isEnvelope ? ManifestSigner.SignEnvelope(manifest, source.Module, key)
            : ManifestSigner.Sign(manifest, source.Module, key);
        var path = isEnvelope ? source.EnvelopePath : source.BundlePath;
        NewFile.Write(path, file, overwrite: true);

        // The bundle comes first when a plugin is loaded: it would hide the envelope.
        var replaced = isEnvelope ? source.BundlePath : source.EnvelopePath;
        var removed = File.Exists(replaced) ? replaced : null;
        File.Delete(replaced);
        return SignAnswer.Of(manifest, path, removed, key);
    }

    private static byte[] AddTo(PluginSource source, ECDsa key)
    {
        try
        {
            return ManifestSigner.AddSignature(source.SignatureFile, key);
        }
        catch (ArgumentException exception)
        {
            throw new CommandException(
                Complaint.Usage(
                    "No signature can be added.", exception.Message, "Sign anew with the keys that count."), exception);
        }
    }

    private static PluginManifest ManifestOf(PluginSource source, ParseResult line, DateTimeOffset now)
    {
        var draft = source.Draft ?? throw CommandException.Usage(
            $"There is no manifest for {source.ModulePath}.",
            "What is signed is the manifest: who made the plugin, and what it may ask for.",
            $"Write a {PluginSource.DraftName} beside it, or name one with --manifest; see docs/manifest.md.");
        var seconds = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var manifest = ManifestDraft.Complete(draft, source.Module, seconds);
        return line.GetValue(Expires) is { } days
            ? manifest with { ExpiresAt = seconds.AddDays(DaysOf(days)) }
            : manifest;
    }

    private static long DaysOf(string text) =>
        Quantity.TryCount(text.TrimEnd('d'), out var days) && days is > 0 and <= 36_500
            ? days
            : throw CommandException.Usage(
                $"--expires {text} is not a number of days.", "It is counted from now.",
                    "Write it as in --expires 365.");

    private static PluginManifest ClaimedBy(PluginSource source) => source.SignatureFile is { } file
        ? UnverifiedSignature.Read(file)?.Manifest ?? throw new CommandException(new Complaint(
            ExitCode.Refused,
            nameof(ManifestErrorCode.MalformedEnvelope),
            $"{source.SignaturePath} holds no manifest that can be read.",
            "A signature is not added to what nobody can check.",
            "Get the file again from whoever signed it."))
        : throw CommandException.Usage(
            $"{source.ModulePath} has no signature to add to.",
            "--add needs the signature file of somebody else beside the module.",
            "Leave --add away to make the first one.");

    private static PluginManifest RequireModule(PluginManifest manifest, PluginSource source) =>
        manifest.Module.Matches(source.Module) ? manifest : throw new CommandException(new Complaint(
            ExitCode.Refused,
            nameof(ManifestErrorCode.ModuleMismatch),
            $"{source.SignaturePath} was signed for another module.",
            "It was changed or rebuilt since.",
            "Get both files again from whoever signed them."));

    private static void RequireCurve(ECDsa key)
    {
        if (key.KeySize != 256)
        {
            throw CommandException.Usage(
                $"The key has {key.KeySize} bits.", "Plugins are signed with P-256.",
                    "plugins keygen makes such a key.");
        }
    }
}
