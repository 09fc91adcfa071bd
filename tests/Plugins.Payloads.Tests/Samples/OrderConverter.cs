using System.Text;
using Plugins.Payloads.Converters;
using Plugins.Payloads.Converters.Collections;
using Plugins.Payloads.Converters.Numbers;
using Plugins.Payloads.Converters.Times;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Tests.Samples;

/// <summary>Written as the source generator writes one, with unknown members skipped.</summary>
internal sealed class OrderConverter : PayloadConverter<Order>
{
    private readonly NullableReferenceConverter<string> _note = new(StringConverter.Instance);
    private readonly EnumNumberConverter<OrderState> _state = new();
    private readonly NullableConverter<double> _weight = new(DoubleConverter.Instance);
    private readonly ListConverter<OrderLine> _lines = new(new OrderLineConverter());
    private readonly DictionaryConverter<Dictionary<string, int>, string, int> _stock =
        new(StringConverter.Instance, Int32Converter.Instance);

    public override void Write(ref MessagePackWriter writer, Order value)
    {
        writer.WriteMapHeader(9);
        writer.WriteString("Id"u8);
        GuidConverter.Instance.Write(ref writer, value.Id);
        writer.WriteString("Note"u8);
        _note.Write(ref writer, value.Note);
        writer.WriteString("State"u8);
        _state.Write(ref writer, value.State);
        writer.WriteString("Placed"u8);
        DateTimeOffsetConverter.Instance.Write(ref writer, value.Placed);
        writer.WriteString("Weight"u8);
        _weight.Write(ref writer, value.Weight);
        writer.WriteString("Image"u8);
        ByteArrayConverter.Instance.Write(ref writer, value.Image);
        writer.WriteString("Lines"u8);
        _lines.Write(ref writer, value.Lines);
        writer.WriteString("Stock"u8);
        _stock.Write(ref writer, value.Stock);
        writer.WriteString("Previous"u8);
        WritePrevious(ref writer, value.Previous);
        writer.EndContainer();
    }

    public override Order Read(ref MessagePackReader reader)
    {
        int start = reader.Position;
        var seen = new SeenMembers();
        var order = new Order { Id = Guid.Empty };
        for (int members = reader.ReadMapHeader(); members > 0; members--)
        {
            int offset = reader.Position;
            ReadOnlySpan<byte> name = reader.ReadMemberName();
            int member = Array.IndexOf(Names, Encoding.UTF8.GetString(name));
            if (member < 0)
            {
                reader.SkipUnknownMember(name);
                continue;
            }

            seen.Add(ref reader, member, offset);
            order = ReadMember(ref reader, order, member);
        }

        reader.EndContainer();
        seen.Require(ref reader, 1, start, "Id");
        return order;
    }

    private static readonly string[] Names =
        ["Id", "Note", "State", "Placed", "Weight", "Image", "Lines", "Stock", "Previous"];

    private Order ReadMember(ref MessagePackReader reader, Order order, int member) => member switch
    {
        0 => order with { Id = GuidConverter.Instance.Read(ref reader) },
        1 => order with { Note = _note.Read(ref reader) },
        2 => order with { State = _state.Read(ref reader) },
        3 => order with { Placed = DateTimeOffsetConverter.Instance.Read(ref reader) },
        4 => order with { Weight = _weight.Read(ref reader) },
        5 => order with { Image = ByteArrayConverter.Instance.Read(ref reader) },
        6 => order with { Lines = _lines.Read(ref reader) },
        7 => order with { Stock = _stock.Read(ref reader) },
        _ => order with { Previous = reader.TryReadNil() ? null : Read(ref reader) },
    };

    private void WritePrevious(ref MessagePackWriter writer, Order? previous)
    {
        if (previous is null)
        {
            writer.WriteNil();
        }
        else
        {
            Write(ref writer, previous);
        }
    }
}
