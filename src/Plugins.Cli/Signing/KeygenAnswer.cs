using System.ComponentModel;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Signing;

/// <summary>A key pair that was made.</summary>
internal sealed record KeygenAnswer() : Answer("keygen")
{
    [Description("The private key's path; only its owner may read it.")]
    public required string PrivateKey { get; init; }

    [Description("The public key's path.")]
    public required string PublicKey { get; init; }

    [Description("The SHA-256 of the public key, which names it in signatures.")]
    public required string KeyId { get; init; }

    [Description("True if the private key is encrypted.")]
    public required bool Encrypted { get; init; }

    internal override void Print(Session session)
    {
        var key = session.Surroundings.Show(PrivateKey);
        session.Page.Facts(
            ("private key", key + (Encrypted ? ", encrypted: keep it secret" : ": keep it secret"), Tone.Plain),
            ("public key", session.Surroundings.Show(PublicKey) + ": give it to whoever is to trust you", Tone.Plain),
            ("key id", KeyId, Tone.Plain));
        session.Page.Next($"plugins sign <plugin> --key {key}");
    }
}
