using System.Text;
using Plugins.Manifest.Signing;
using Plugins.Manifest.Tests.Support;
using Problem = Plugins.Manifest.ManifestFormatProblem;

namespace Plugins.Manifest.Tests.Signing;

public sealed class SignatureFileTests
{
    private const Problem Invalid = Problem.InvalidValue;

    private static readonly byte[] _signature = new byte[70];

    private static readonly string _bundle =
        Encoding.UTF8.GetString(TestEnvelope.Bundle("{}"u8.ToArray(), _signature, "aGludA=="));

    private static readonly string _envelope =
        Encoding.UTF8.GetString(TestEnvelope.Envelope("{}", TestEnvelope.Entry(_signature)));

    [TestCase("application/vnd.dev.sigstore.bundle.v0.3+json")]
    [TestCase("application/vnd.dev.sigstore.bundle+json;version=0.1")]
    [TestCase("application/vnd.dev.sigstore.bundle+json;version=0.2")]
    [TestCase("application/vnd.dev.sigstore.bundle+json;version=0.3")]
    public void Read_Bundle_GivesPayloadSignatureAndHint(string mediaType)
    {
        var file = Read(Edit.Replace(_bundle, SignatureFile.BundleMediaType, mediaType));

        Assert.That(file.Payload, Is.EqualTo("{}"u8.ToArray()));
        Assert.That(file.Signatures.Single().KeyHint, Is.EqualTo("aGludA=="));
        Assert.That(file.Signatures.Single().Bytes, Is.EqualTo(_signature));
    }

    // What cosign writes beside the envelope.
    [Test]
    public void Read_BundleWithLogEntriesAndTimestamps_IgnoresThem()
    {
        var more = """ "tlogEntries":[{"logIndex":"1"}],"timestampVerificationData":null,"publicKey" """.Trim();

        Assert.That(Read(Edit.Replace(_bundle, "\"publicKey\"", more)).Signatures, Has.Count.EqualTo(1));
    }

    [Test]
    public void Read_UrlAlphabet_IsTheSame()
    {
        byte[] signature = [.. Enumerable.Repeat((byte)0xFF, 72)];
        var envelope = Encoding.UTF8.GetString(TestEnvelope.Envelope("{}", TestEnvelope.Entry(signature)));
        var text = Convert.ToBase64String(signature);

        var file = Read(Edit.Replace(envelope, text, text.Replace('/', '_')));

        Assert.That(file.Signatures[0].Bytes, Is.EqualTo(signature));
    }

    [TestCase("bundle.v0.3+json", "bundle.v0.4+json", Invalid, "$.mediaType")]
    [TestCase("{", "{'messageSignature':{},", Problem.UnexpectedField, "$.messageSignature")]
    [TestCase("'verificationMaterial':", "'x':", Problem.UnexpectedField, "$.x")]
    [TestCase("aGludA==", "\\n", Problem.ForbiddenCharacter, "$.verificationMaterial.publicKey.hint")]
    [TestCase("'hint':'aGludA=='", "'hint':1", Problem.WrongType, "$.verificationMaterial.publicKey.hint")]
    [TestCase("application/vnd.in-toto+json", "application/vnd.in-toto+JSON", Invalid, "$.dsseEnvelope.payloadType")]
    [TestCase("'payload':'e30='", "'payload':'e31='", Problem.InvalidBase64, "$.dsseEnvelope.payload")]
    [TestCase("'payload':'e30='", "'payload':'e30'", Problem.InvalidBase64, "$.dsseEnvelope.payload")]
    [TestCase("'payload':'e30='", "'payload':'e3 0='", Problem.InvalidBase64, "$.dsseEnvelope.payload")]
    [TestCase("'payload':", "'payload':'e30=','payload':", Problem.DuplicateKey, "$.dsseEnvelope.payload")]
    [TestCase("'payload':", "'load':", Problem.MissingField, "$.dsseEnvelope.payload")]
    [TestCase("[{", "[{'sig':'AAAAAAAAAAA='},{", Problem.WrongCount, "$.dsseEnvelope.signatures")]
    public void Read_BadBundle_NamesRuleAndField(
        string old, string replacement, Problem problem, string path)
    {
        var error = Refusal(Edit.ReplaceJson(_bundle, old, replacement));

        Assert.That((error.Problem, error.Path), Is.EqualTo((problem, path)));
        Assert.That(error.Code, Is.EqualTo(ManifestErrorCode.MalformedEnvelope));
    }

    [TestCase(7, false)]
    [TestCase(8, true)]
    [TestCase(72, true)]
    [TestCase(73, false)]
    public void Read_SignatureLength_IsThatOfDer(int length, bool expected)
    {
        var envelope = TestEnvelope.Envelope("{}", TestEnvelope.Entry(new byte[length]));

        Assert.That(
            () => SignatureFile.Read(envelope),
            expected ? Throws.Nothing : Throws.TypeOf<ManifestFormatException>());
    }

    [Test]
    public void Read_MoreThanSixteenSignatures_IsRefused()
    {
        var entry = TestEnvelope.Entry(_signature);
        byte[] Envelope(int count) => TestEnvelope.Envelope("{}", [.. Enumerable.Repeat(entry, count)]);

        Assert.That(SignatureFile.Read(Envelope(16)).Signatures, Has.Count.EqualTo(16));
        Assert.That(Refusal(Encoding.UTF8.GetString(Envelope(17))).Problem, Is.EqualTo(Problem.WrongCount));
    }

    [Test]
    public void Read_AMillionSignatures_IsRefusedForItsSize()
    {
        var entries = string.Join(',', Enumerable.Repeat("{}", 1_000_000));

        var error = Refusal(Edit.Replace(_envelope, "[{", $"[{entries},{{"));

        Assert.That(error.Problem, Is.EqualTo(Problem.TooLarge));
    }

    [Test]
    public void Read_PayloadOverTheManifestsLimit_IsRefusedBeforeVerification()
    {
        var envelope = TestEnvelope.Envelope(new string(' ', (256 * 1024) + 1), TestEnvelope.Entry(_signature));

        var error = Refusal(Encoding.UTF8.GetString(envelope));

        Assert.That((error.Problem, error.Path), Is.EqualTo((Problem.TooLarge, "$.payload")));
    }

    [TestCase("")]
    [TestCase("""{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[]}""")]
    public void Read_NoSignature_IsUnsigned(string file) =>
        Assert.That(() => Read(file), Throws.TypeOf<UnsignedException>());

    [TestCase("[]", Problem.WrongType)]
    [TestCase("null", Problem.WrongType)]
    [TestCase("{}", Problem.MissingField)]
    [TestCase("-----BEGIN", Problem.InvalidJson)]
    public void Read_SomethingElse_IsMalformed(string file, Problem problem) =>
        Assert.That(Refusal(file).Problem, Is.EqualTo(problem));

    private static SignatureFile Read(string json) => SignatureFile.Read(Encoding.UTF8.GetBytes(json));

    private static ManifestFormatException Refusal(string json)
    {
        try
        {
            Read(json);
        }
        catch (ManifestFormatException error)
        {
            return error;
        }

        throw new AssertionException("The file was accepted.");
    }
}
