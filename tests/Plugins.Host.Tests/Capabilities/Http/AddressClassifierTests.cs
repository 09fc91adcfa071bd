using System.Net;
using Plugins.Host.Capabilities.Http;

namespace Plugins.Host.Tests.Capabilities.Http;

internal sealed class AddressClassifierTests
{
    [TestCase("8.8.8.8", nameof(AddressKind.Public))]
    [TestCase("1.1.1.1", nameof(AddressKind.Public))]
    [TestCase("2606:4700:4700::1111", nameof(AddressKind.Public))]
    [TestCase("0.0.0.0", nameof(AddressKind.Unspecified))]
    [TestCase("0.1.2.3", nameof(AddressKind.Unspecified))]
    [TestCase("::", nameof(AddressKind.Unspecified))]
    [TestCase("127.0.0.1", nameof(AddressKind.Loopback))]
    [TestCase("127.255.255.255", nameof(AddressKind.Loopback))]
    [TestCase("::1", nameof(AddressKind.Loopback))]
    [TestCase("10.255.255.255", nameof(AddressKind.Private))]
    [TestCase("11.0.0.0", nameof(AddressKind.Public))]
    [TestCase("172.15.255.255", nameof(AddressKind.Public))]
    [TestCase("172.16.0.0", nameof(AddressKind.Private))]
    [TestCase("172.31.255.255", nameof(AddressKind.Private))]
    [TestCase("172.32.0.0", nameof(AddressKind.Public))]
    [TestCase("192.168.0.1", nameof(AddressKind.Private))]
    [TestCase("192.169.0.0", nameof(AddressKind.Public))]
    [TestCase("fec0::1", nameof(AddressKind.Private))]
    [TestCase("100.63.255.255", nameof(AddressKind.Public))]
    [TestCase("100.64.0.0", nameof(AddressKind.Shared))]
    [TestCase("100.127.255.255", nameof(AddressKind.Shared))]
    [TestCase("100.128.0.0", nameof(AddressKind.Public))]
    [TestCase("fc00::1", nameof(AddressKind.UniqueLocal))]
    [TestCase("fdff::1", nameof(AddressKind.UniqueLocal))]
    [TestCase("169.254.0.1", nameof(AddressKind.LinkLocal))]
    [TestCase("fe80::1", nameof(AddressKind.LinkLocal))]
    [TestCase("fe80::1%1", nameof(AddressKind.LinkLocal))]
    [TestCase("169.254.169.254", nameof(AddressKind.Metadata))]
    [TestCase("169.254.170.2", nameof(AddressKind.Metadata))]
    [TestCase("168.63.129.16", nameof(AddressKind.Metadata))]
    [TestCase("100.100.100.200", nameof(AddressKind.Metadata))]
    [TestCase("fd00:ec2::254", nameof(AddressKind.Metadata))]
    [TestCase("fd20:ce::254", nameof(AddressKind.Metadata))]
    [TestCase("224.0.0.1", nameof(AddressKind.Multicast))]
    [TestCase("239.255.255.255", nameof(AddressKind.Multicast))]
    [TestCase("255.255.255.255", nameof(AddressKind.Multicast))]
    [TestCase("ff02::1", nameof(AddressKind.Multicast))]
    [TestCase("::ffff:8.8.8.8", nameof(AddressKind.EmbeddedIPv4), Description = "mapped")]
    [TestCase("::ffff:127.0.0.1", nameof(AddressKind.EmbeddedIPv4))]
    [TestCase("::ffff:0:127.0.0.1", nameof(AddressKind.EmbeddedIPv4), Description = "translated")]
    [TestCase("::7f00:1", nameof(AddressKind.EmbeddedIPv4), Description = "compatible")]
    [TestCase("64:ff9b::7f00:1", nameof(AddressKind.EmbeddedIPv4), Description = "NAT64")]
    [TestCase("64:ff9b:1:abcd::1", nameof(AddressKind.EmbeddedIPv4), Description = "NAT64 of a network")]
    [TestCase("2001::1", nameof(AddressKind.EmbeddedIPv4), Description = "Teredo")]
    [TestCase("2002:7f00:1::", nameof(AddressKind.EmbeddedIPv4), Description = "6to4")]
    [TestCase("2606:4700::5efe:7f00:1", nameof(AddressKind.EmbeddedIPv4), Description = "ISATAP")]
    [TestCase("2606:4700::200:5efe:7f00:1", nameof(AddressKind.EmbeddedIPv4), Description = "ISATAP, global")]
    [TestCase("192.88.99.1", nameof(AddressKind.EmbeddedIPv4), Description = "a relay of 6to4")]
    [TestCase("192.0.0.8", nameof(AddressKind.Reserved))]
    [TestCase("192.0.2.1", nameof(AddressKind.Reserved))]
    [TestCase("198.18.0.1", nameof(AddressKind.Reserved))]
    [TestCase("198.51.100.1", nameof(AddressKind.Reserved))]
    [TestCase("203.0.113.1", nameof(AddressKind.Reserved))]
    [TestCase("240.0.0.1", nameof(AddressKind.Reserved))]
    [TestCase("2001:2::1", nameof(AddressKind.Reserved))]
    [TestCase("2001:20::1", nameof(AddressKind.Reserved))]
    [TestCase("2001:db8::1", nameof(AddressKind.Reserved))]
    [TestCase("3fff::1", nameof(AddressKind.Reserved))]
    [TestCase("100::1", nameof(AddressKind.Reserved))]
    [TestCase("5f00::1", nameof(AddressKind.Reserved))]
    [TestCase("4000::1", nameof(AddressKind.Reserved))]
    public void Classify_Address_IsOfItsRange(string address, string kind) =>
        Assert.That(AddressClassifier.Classify(IPAddress.Parse(address)).ToString(), Is.EqualTo(kind));

    // An oracle of another form: bits, in place of a table of prefixes.
    [Test]
    public void Classify_RandomIPv4_IsPublicExactlyOutsideTheSpecialRanges()
    {
        byte[] firsts = [0, 10, 100, 127, 169, 172, 192, 198, 203];
        byte[] seconds = [0, 16, 18, 51, 64, 88, 100, 168, 254];
        var random = new Random(3);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[4];
            random.NextBytes(bytes);
            bytes[0] = random.Next(3) == 0 ? firsts[random.Next(firsts.Length)] : bytes[0];
            bytes[1] = random.Next(3) == 0 ? seconds[random.Next(seconds.Length)] : bytes[1];
            var address = new IPAddress(bytes);
            Assert.That(
                AddressClassifier.Classify(address) == AddressKind.Public,
                Is.EqualTo(IsPublic(bytes)),
                address.ToString());
        }
    }

    [Test]
    public void Classify_AnyEmbeddedIPv4_IsNeverPublic()
    {
        var random = new Random(4);
        string[] forms = ["::", "::ffff:", "::ffff:0:", "64:ff9b::"];
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = new byte[4];
            random.NextBytes(bytes);
            var four = new IPAddress(bytes);
            var six = IPAddress.Parse(forms[random.Next(forms.Length)] + four);
            var sixToFour = IPAddress.Parse(
                $"2002:{bytes[0]:x2}{bytes[1]:x2}:{bytes[2]:x2}{bytes[3]:x2}::{random.Next(9)}");
            var mapped = four.MapToIPv6();
            Assert.That(AddressClassifier.Classify(six), Is.Not.EqualTo(AddressKind.Public), six.ToString());
            Assert.That(AddressClassifier.Classify(sixToFour), Is.EqualTo(AddressKind.EmbeddedIPv4));
            Assert.That(AddressClassifier.Classify(mapped), Is.EqualTo(AddressKind.EmbeddedIPv4), mapped.ToString());
        }
    }

    [Test]
    public void Classify_RandomIPv6_IsPublicWithinTheAssignedRangeOnly()
    {
        var random = new Random(5);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            bytes[0] = random.Next(2) == 0 ? (byte)(0x20 | (bytes[0] & 0x1f)) : bytes[0];
            var address = new IPAddress(bytes);
            var isAssigned = bytes[0] >> 5 == 1;
            var isPublic = AddressClassifier.Classify(address) == AddressKind.Public;
            Assert.That(isPublic && !isAssigned, Is.False, address.ToString());
        }
    }

    private static bool IsPublic(byte[] b) => !(
        b[0] is 0 or 10 or 127 or >= 224
        || (b[0] == 100 && (b[1] & 0xc0) == 64)
        || (b[0] == 169 && b[1] == 254)
        || (b[0] == 172 && b[1] >> 4 == 1)
        || (b[0] == 192 && b[1] == 168)
        || (b[0] == 192 && b[1] == 0 && b[2] is 0 or 2)
        || (b[0] == 192 && b[1] == 88 && b[2] == 99)
        || (b[0] == 198 && b[1] is 18 or 19)
        || (b[0] == 198 && b[1] == 51 && b[2] == 100)
        || (b[0] == 203 && b[1] == 0 && b[2] == 113)
        || (b[0] == 168 && b[1] == 63 && b[2] == 129 && b[3] == 16));
}
