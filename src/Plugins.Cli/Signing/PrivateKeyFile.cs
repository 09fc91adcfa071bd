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
            RequireNothingBeside(pem);
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
                        "It is no ECDSA key in PEM, has other text beside it, or the passphrase is another one.",
                        "Check file and passphrase; plugins keygen makes a new pair."),
                    exception);
            }

            throw;
        }
    }

    // The base library passes over whatever it cannot read, and so over the key that somebody meant. OpenSSL writes the
    // parameters of a curve as a block of their own.
    private static void RequireNothingBeside(string pem)
    {
        ReadOnlySpan<char> rest = pem;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (!rest[..fields.Location.Start.Value].IsWhiteSpace())
            {
                break;
            }

            rest = rest[fields.Location.End.Value..];
        }

        if (!rest.IsWhiteSpace())
        {
            throw new CryptographicException("There is other text beside the PEM blocks.");
        }
    }

    private static void RequirePrivate(string pem, string path)
    {
        if (pem.Contains("BEGIN PUBLIC KEY", StringComparison.Ordinal))
        {
            throw CommandException.Usage(
                $"{path} is a public key.",
                "Signing needs the private one.",
                "Pass the file that was made with it, key.pem by default.");
        }
    }
}
