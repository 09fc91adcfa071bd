using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Plugins.Cli.Failures;
using Plugins.Cli.Files;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Signing;

/// <summary>Reads a private key in PEM, encrypted or not.</summary>
internal static class PrivateKeyFile
{
    private const int MaximumBytes = 64 << 10;

    internal static ECDsa Read(string path, PassphraseOption passphrase, ParseResult line, Surroundings surroundings)
    {
        var pem = Encoding.UTF8.GetString(BoundedFile.Read(path, MaximumBytes, "private key"));
        var key = ECDsa.Create();
        try
        {
            if (pem.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal))
            {
                var shown = surroundings.Show(path);
                key.ImportFromEncryptedPem(pem, passphrase.Read(line, surroundings, $"Passphrase of {shown}"));
            }
            else
            {
                RequirePrivate(pem, path);
                key.ImportFromPem(pem);
            }

            return key;
        }
        catch (Exception exception)
        {
            key.Dispose();
            if (exception is CryptographicException or ArgumentException)
            {
                throw new CommandException(
                    Complaint.Usage(
                        $"The private key {path} cannot be read.",
                        "It is no ECDSA key in PEM, or the passphrase is another one.",
                        "Check file and passphrase; plugins keygen makes a new pair."),
                    exception);
            }

            throw;
        }
    }

    private static void RequirePrivate(string pem, string path)
    {
        if (pem.Contains("BEGIN PUBLIC KEY", StringComparison.Ordinal))
        {
            throw CommandException.Usage(
                $"{path} is a public key.", "Signing needs the private one.", "Pass the .pem file beside it.");
        }
    }
}
