using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Plugins.Cli.Commands;
using Plugins.Cli.Files;
using Plugins.Cli.Terminals;
using Plugins.Manifest;

namespace Plugins.Cli.Signing;

/// <summary><c>plugins keygen</c>: makes the key pair of a publisher.</summary>
internal static class KeygenCommand
{
    // OWASP's figure for PBKDF2 with HMAC-SHA-256.
    private const int Iterations = 600_000;

    private static readonly Argument<string> Key = new("key")
    {
        Description = "The file for the private key. The public key goes beside it, as .pub.",
        DefaultValueFactory = _ => "key.pem",
    };

    private static readonly Option<bool> Encrypt = new("--encrypt")
    {
        Description = "Encrypts the private key with a passphrase, which is asked for unless a variable has it.",
    };

    private static readonly PassphraseOption Passphrase = new();

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Replaces existing key files. A key that is replaced is lost.",
    };

    internal static Command Create(Surroundings surroundings)
    {
        var command = new Command("keygen", "Makes a key pair for signing plugins: ECDSA on P-256, in PEM.")
        {
            Key, Encrypt, Force,
        };
        command.Add(Passphrase.Option);
        command.Answers(surroundings, (line, _) => Generate(line, surroundings));
        return command;
    }

    private static KeygenAnswer Generate(ParseResult line, Surroundings surroundings)
    {
        var path = surroundings.PathOf(line.GetRequiredValue(Key));
        var publicPath = Path.ChangeExtension(path, "pub");
        var isEncrypted = line.GetValue(Encrypt) || Passphrase.IsGiven(line);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = isEncrypted
            ? key.ExportEncryptedPkcs8PrivateKeyPem(
                Passphrase.Read(line, surroundings, "Passphrase of the new key"),
                new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations))
            : key.ExportPkcs8PrivateKeyPem();
        var force = line.GetValue(Force);

        // Both or none: a public key without its private half would be trusted for nothing.
        NewFile.RequireFree(publicPath, force);
        NewFile.Write(path, Encoding.ASCII.GetBytes(pem + "\n"), force, isSecret: true);
        NewFile.Write(publicPath, Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem() + "\n"), force);
        return new KeygenAnswer
        {
            PrivateKey = path,
            PublicKey = publicPath,
            KeyId = Sha256Digest.Compute(key.ExportSubjectPublicKeyInfo()).ToString(),
            Encrypted = isEncrypted,
        };
    }
}
