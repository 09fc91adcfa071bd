using System.Globalization;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Generator.Tests.Samples;

/// <summary>A converter of the application's own: numbers as hexadecimal text.</summary>
internal sealed class Hex : PayloadConverter<int>
{
    public override void Write(ref MessagePackWriter writer, int value) =>
        writer.WriteString(value.ToString("X", CultureInfo.InvariantCulture));

    public override int Read(ref MessagePackReader reader) =>
        int.Parse(reader.ReadString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
