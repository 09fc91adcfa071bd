using System.CommandLine;
using Plugins.Cli.Commands;
using Plugins.Cli.Failures;
using Plugins.Cli.Hosting;
using Plugins.Cli.Sources;
using Plugins.Cli.Terminals;
using Plugins.Manifest;
using Plugins.Manifest.Signing;
using Plugins.Manifest.Trust;

namespace Plugins.Cli.Verifying;

/// <summary>
/// <c>plugins verify</c>: makes every check of a signature that an application makes, and lists them.
/// </summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Plugin = new("plugin")
    {
        Description = "A folder with plugin.wasm, or a .wasm file, with its signature file beside it.",
    };

    private static readonly TrustOptions Trust = new();
    private static readonly EngineOptions Engine = new();

    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command(
            "verify", "Checks a plugin's signature, manifest and module as a host does, step by step.")
        {
            Plugin,
        };
        Trust.AddTo(command);
        Engine.AddTo(command);
        command.Validators.Add(result =>
        {
            if ((result.GetValue(Trust.Key) ?? result.GetValue(Trust.Policy)) is null)
            {
                result.AddError("Say whom to trust: --key with a public key, or --trust with a policy.");
            }
        });
        command.Answers(
            surroundings, async (line, _, token) => await Task.Run(() => Verify(line, surroundings, token), token));
        return command;
    }

    private static VerifyAnswer Verify(ParseResult line, Surroundings surroundings, CancellationToken token)
    {
        using var engine = Engine.Create(line, surroundings);
        var policy = Trust.Read(line, surroundings)!;
        var source = PluginSource.Open(surroundings, line.GetRequiredValue(Plugin));
        var audience = line.GetValue(Trust.Audience) ?? [];
        var verifier = new ManifestVerifier(
            policy, surroundings.Time, new ManifestVerificationOptions { Audience = [.. audience] });
        try
        {
            var verified = verifier.Verify(source.Module, source.SignatureFile ?? []);
            var complaint = ContractCheck.Find(source, verified.Manifest, engine, token);
            return new VerifyAnswer
            {
                Checks = CheckList.Verified(Details(verified), complaint?.What),
                Code = complaint?.Code,
                Why = complaint?.Why,
                Next = complaint?.Next,
                File = source.ModulePath,
                Plugin = verified.Manifest.Id.ToString(),
                Version = verified.Manifest.Version.ToString(),
                Signers = [.. verified.Signers.Select(SignerOf)],
                ExpiresAt = verified.ExpiresAt,
                Permissions = [.. verified.Manifest.Permissions.Select(request => request.Name)],
            };
        }
        catch (ManifestException exception)
        {
            return new VerifyAnswer
            {
                File = source.ModulePath,
                Code = exception.Code.ToString(),
                Checks = CheckList.After(exception.Code, exception.Message),
                Why = ManifestExplanation.WhyOf(exception.Code),
                Next = ManifestExplanation.NextOf(exception.Code),
            };
        }
    }

    private static string SignerOf(TrustedKey key) => $"{key.Name} ({key.Id})";

    // What passed without having been asked for is no proof of anything.
    private static List<Check> Details(VerifiedManifest verified)
    {
        var details = new List<Check>();
        if (verified.Publisher.Name == TrustPolicy.AnyPublisher)
        {
            details.Add(new Check(
                CheckList.Publisher, "skipped", "the key is trusted for any publisher; --publisher makes the check"));
        }

        if (verified.Manifest.Audience.Count == 0)
        {
            details.Add(new Check(CheckList.Audience, "skipped", "the manifest is for everyone"));
        }

        return details;
    }
}
