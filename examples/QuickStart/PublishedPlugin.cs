namespace QuickStart;

/// <summary>What a publisher gives away: a module with its signed manifest, and the public key.</summary>
internal static class PublishedPlugin
{
    internal static void Show(Publisher publisher)
    {
        var module = Modules.Read("word_count", "Rust");
        var manifest = publisher.Describe("word_count", "word_count", module);
        publisher.Publish(manifest, module);
        File.WriteAllText("acme.pub", publisher.PublicKeyPem);

        Page.Fact("plugin", $"{manifest.Id} {manifest.Version}, written in Rust, {Page.Number(module.Length)} bytes");
        Page.Fact("SHA-256", $"{manifest.Module.Sha256}");
        Page.Fact("asks for", "nothing: it sees its input, and that is all");
        Page.Fact("signed with", "a P-256 key that was made just now and is thrown away in the end");
    }
}
