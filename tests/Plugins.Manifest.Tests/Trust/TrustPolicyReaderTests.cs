using System.Text;
using System.Text.Json;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Tests.Support;
using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Tests.Trust;

public sealed class TrustPolicyReaderTests
{
    private static readonly string _json = $$"""
        {
          "keys": [
            {"name": "old", "pem": {{Quote(TestKey.AcmeSecond.Pem)}}, "status": "retired"},
            {"name": "new", "pem": {{Quote(TestKey.Acme.Pem)}}, "keyId": "{{TestKey.Acme.Id}}",
             "validFrom": "2026-01-01T00:00:00Z", "validUntil": "2027-01-01T00:00:00Z"}
          ],
          "publishers": [
            {"name": "acme", "keys": ["old", "new"], "threshold": 1,
             "permissions": [{"name": "http.send", "scope": ["*.acme.example"]}, {"name": "clock.now"}]},
            {"name": "*", "keys": ["new"]}
          ],
          "maximumManifestAgeDays": 30
        }
        """;

    [Test]
    public void FromJson_EveryField_IsRead()
    {
        var policy = Read(_json);

        var acme = policy.Find("acme")!;
        Assert.That(policy.MaximumManifestAge, Is.EqualTo(TimeSpan.FromDays(30)));
        Assert.That(acme.Keys[0].Status, Is.EqualTo(TrustedKeyStatus.Retired));
        Assert.That(acme.Keys[1].Status, Is.EqualTo(TrustedKeyStatus.Active));
        Assert.That(acme.Keys[1].ValidUntil!.Value.Year - acme.Keys[1].ValidFrom!.Value.Year, Is.EqualTo(1));
        Assert.That(acme.Ceiling.ScopeOf(PermissionNames.HttpSend).Items, Is.EqualTo(["*.acme.example"]));
        Assert.That(acme.Ceiling.ScopeOf(PermissionNames.ClockNow).IsUnlimited);
        Assert.That(acme.Ceiling.ScopeOf(PermissionNames.RandomBytes).IsEmpty);
        Assert.That(policy.Find("someone")!.Ceiling.IsAnything);
    }

    [Test]
    public void FromJson_EmptyPermissions_AllowNothing() =>
        Assert.That(
            Read(Edit.Replace(_json, "\"keys\": [\"new\"]", "\"keys\": [\"new\"], \"permissions\": []"))
                .Find("someone")!.Ceiling.IsAnything,
            Is.False);

    [Test]
    public void FromJson_ManyFaults_AreAllListed()
    {
        var json = Edit.Replace(_json, "\"retired\"", "\"gone\"");
        json = Edit.Replace(json, "\"threshold\": 1", "\"threshold\": 0");
        json = Edit.Replace(json, "\"*\"", "\"*.x\"");

        Assert.That(
            Fault(json).Faults.Select(fault => fault.Entry),
            Is.EqualTo(["$.keys[0].status", "$.publishers[0].threshold", "publishers[*.x]"]));
    }

    [TestCase("'threshold'", "'treshold'", "$.publishers[0].treshold")]
    [TestCase("'keyId'", "'keyid'", "$.keys[1].keyid")]
    [TestCase("'maximumManifestAgeDays'", "'maxAge'", "$.maxAge")]
    [TestCase("'*.acme.example'", "'*'", "$.publishers[0].permissions[0].scope[0]")]
    [TestCase("'maximumManifestAgeDays': 30", "'maximumManifestAgeDays': 36501", "$.maximumManifestAgeDays")]
    [TestCase("'publishers'", "'keys'", "$.keys")]
    [TestCase("2026-01-01T00:00:00Z", "2026-01-01", "$.keys[1].validFrom")]
    public void FromJson_BadField_NamesIt(string old, string replacement, string entry) =>
        Assert.That(Fault(Edit.ReplaceJson(_json, old, replacement)).Faults[0].Entry, Is.EqualTo(entry));

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{}")]
    public void FromJson_SomethingElse_IsFaulty(string json) =>
        Assert.That(Fault(json).InnerException, Is.TypeOf<ManifestFormatException>());

    [Test]
    public void FromJson_TooManyBytes_IsFaulty() =>
        Assert.That(Fault(new string(' ', (1024 * 1024) + 1)).Faults[0].Problem, Does.Contain("too many bytes"));

    private static TrustPolicy Read(string json) => TrustPolicy.FromJson(Encoding.UTF8.GetBytes(json));

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static TrustPolicyException Fault(string json)
    {
        try
        {
            Read(json);
        }
        catch (TrustPolicyException error)
        {
            return error;
        }

        throw new AssertionException("The policy was accepted.");
    }
}
