using Plugins.Payloads.Converters.Numbers;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Tests.Samples;

/// <summary>Written as the source generator writes one, with members that are all required.</summary>
internal sealed class OrderLineConverter : PayloadConverter<OrderLine>
{
    public override void Write(ref MessagePackWriter writer, OrderLine value)
    {
        writer.WriteMapHeader(3);
        writer.WriteString("Article"u8);
        writer.WriteString(value.Article);
        writer.WriteString("Count"u8);
        writer.WriteInt32(value.Count);
        writer.WriteString("Price"u8);
        DecimalConverter.Instance.Write(ref writer, value.Price);
        writer.EndContainer();
    }

    public override OrderLine Read(ref MessagePackReader reader)
    {
        int start = reader.Position;
        var seen = new SeenMembers();
        string article = "";
        int count = 0;
        decimal price = 0;
        for (int members = reader.ReadMapHeader(); members > 0; members--)
        {
            int offset = reader.Position;
            ReadOnlySpan<byte> name = reader.ReadMemberName();
            if (name.SequenceEqual("Article"u8))
            {
                seen.Add(ref reader, 0, offset);
                article = reader.ReadString();
            }
            else if (name.SequenceEqual("Count"u8))
            {
                seen.Add(ref reader, 1, offset);
                count = reader.ReadInt32();
            }
            else if (name.SequenceEqual("Price"u8))
            {
                seen.Add(ref reader, 2, offset);
                price = DecimalConverter.Instance.Read(ref reader);
            }
            else
            {
                throw reader.RefuseUnknownMember(name, offset);
            }
        }

        reader.EndContainer();
        seen.Require(ref reader, 0b111, start, "Article, Count, Price");
        return new OrderLine(article, count, price);
    }
}
