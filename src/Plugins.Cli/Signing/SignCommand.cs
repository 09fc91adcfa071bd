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
        Description = "The manifest, instead of manifest.json beside the module.",
        HelpName = "file",
    };

    private static readonly Option<string?> Expires = new("--expires")
    {
        Description = "Days until the signature expires, instead of expiresAt of the manifest.",
        HelpName = "days",
    };

    private static readonly Option<bool> Envelope = new("--envelope")
    {
        Description = "Writes a DSSE envelope, which can hold several signatures, instead of a Sigstore bundle.",
    };

    private static readonly Option<bool> Add = new("--add")
    {
        Description = "Adds a signature to the signature file that is there. Verify the plugin first.",
    };

    private static readonly PassphraseOption Passphrase = new();
    private static readonly EngineOptions Engine = new();

    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command(
            "sign", "Checks a plugin as hosts do, and signs its manifest together with its module.")
        {
            Plugin, Key, ManifestOption, Expires, Envelope, Add,
        };
        command.Add(Passphrase.Option);
        Engine.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Add) && (result.GetValue(Expires) ?? result.GetValue(ManifestOption)) is not null)
            {
                result.AddError("--add signs what others signed, as it is: without --manifest and --expires.");
            }
        });
        command.Answers(
            surroundings, async (line, _, token) => await Task.Run(() => Sign(line, surroundings, token), token));
        return command;
    }

    private static SignAnswer Sign(ParseResult line, Surroundings surroundings, CancellationToken token)
    {
        using var engine = Engine.Create(line, surroundings);
        var source = PluginSource.Open(surroundings, line.GetRequiredValue(Plugin), line.GetValue(ManifestOption));
        var isAdded = line.GetValue(Add);
        var manifest = isAdded ? RequireModule(ClaimedBy(source), source)
            : ManifestOf(source, line, surroundings.Time.GetUtcNow());
        ContractCheck.Require(source, manifest, engine, token);
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
        return SignAnswer.Of(manifest, path, removed, key, VerifyStepOf(line, surroundings));
    }

    // keygen puts the public key beside the private one; where else it may be, nobody knows.
    private static string VerifyStepOf(ParseResult line, Surroundings surroundings)
    {
        var publicKey = Path.ChangeExtension(surroundings.PathOf(line.GetRequiredValue(Key)), "pub");
        var shown = File.Exists(publicKey) ? ShellWord.Of(surroundings.Show(publicKey)) : "<public key>";
        return $"plugins verify {ShellWord.Of(line.GetRequiredValue(Plugin))} --key {shown}";
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
        if (source.Draft is null)
        {
            throw CommandException.Usage(
                $"There is no manifest for {source.ModulePath}.",
                "The manifest is what is signed: who made the plugin, and what it asks for.",
                $"Write a {PluginSource.DraftName} beside it, or name one with --manifest; see docs/manifest.md.");
        }

        var seconds = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var manifest = ManifestDraft.Complete(source, seconds);
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
            "Leave out --add to make the first one.");

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
