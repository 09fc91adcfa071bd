using System.Text;

namespace Invoice;

/// <summary>Reads an order, and remembers where it is for the text of a failure.</summary>
internal ref struct OrderReader
{
    private const int CustomerBytes = 256;
    private const ulong MaximumQuantity = 10_000;
    private const ulong MaximumPrice = 100_000_000;
    private const ulong MaximumTaxRate = 10_000;

    private static readonly string[] OrderFields = ["customer", "currency", "lines", "tax_rate", "issued"];
    private static readonly string[] LineFields = ["sku", "quantity", "unit_price"];

    private PackReader _reader;
    private int? _line;
    private string? _field;
    private string _mismatch = "not a map";

    private OrderReader(ReadOnlyMemory<byte> input) => _reader = new PackReader(input);

    public static Order Read(ReadOnlyMemory<byte> input)
    {
        var reader = new OrderReader(input);
        try
        {
            return reader.ReadOrder();
        }
        catch (Exception exception)
            when (exception is PackException or EndOfStreamException or ArgumentOutOfRangeException)
        {
            // The library says the last of lengths that no array could have.
            string fault = exception is PackException ? exception.Message : "the input ends too early";
            throw new OrderException(
                reader._line, reader._field, $"{fault} at byte {reader._reader.Start}", exception);
        }
    }

    private Order ReadOrder()
    {
        string customer = "", currency = "";
        (int lines, ulong net, ulong rate) = (0, 0, 0);
        Moment? issued = null;
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (int pairs = _reader.ReadMapHeader(_mismatch); pairs > 0; pairs--)
        {
            switch (ReadField(OrderFields, given))
            {
                case "customer":
                    customer = ReadCustomer();
                    break;
                case "currency":
                    currency = ReadCurrency();
                    break;
                case "lines":
                    (lines, net) = ReadLines();
                    break;
                case "tax_rate":
                    rate = _reader.TryReadNil() ? 0 : ReadNumber(MaximumTaxRate);
                    break;
                case "issued":
                    issued = _reader.TryReadNil() ? null : _reader.ReadMoment(_mismatch);
                    break;
                default:
                    _reader.Skip();
                    break;
            }
        }

        _field = null;
        _reader.Leave();
        _reader.End();
        Require(given, "customer", "currency", "lines");
        return new Order(customer, currency, lines, net, rate, issued);
    }

    // A line has 28 bytes at least: 585 of them come to less than 10^15, and that times a rate fits 64 bits.
    private (int Count, ulong Net) ReadLines()
    {
        int count = _reader.ReadArrayHeader(_mismatch);
        ulong net = 0;
        for (int index = 0; index < count; index++)
        {
            (_line, _field, _mismatch) = (index, null, "not a map");
            net += ReadLine();
        }

        _line = null;
        _reader.Leave();
        return (count, net);
    }

    private ulong ReadLine()
    {
        (ulong quantity, ulong price) = (0, 0);
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (int pairs = _reader.ReadMapHeader(_mismatch); pairs > 0; pairs--)
        {
            switch (ReadField(LineFields, given))
            {
                case "sku":
                    _reader.ReadText(_mismatch);
                    break;
                case "quantity":
                    quantity = ReadNumber(MaximumQuantity);
                    break;
                case "unit_price":
                    price = ReadNumber(MaximumPrice);
                    break;
                default:
                    _reader.Skip();
                    break;
            }
        }

        _reader.Leave();
        Require(given, LineFields);
        return quantity * price;
    }

    /// <summary>The next key, or null when it is none of the fields.</summary>
    private string? ReadField(string[] fields, HashSet<string> given)
    {
        (_field, _mismatch) = (null, Mismatch(""));
        string key = _reader.ReadText(_mismatch);
        if (Array.IndexOf(fields, key) < 0)
        {
            return null;
        }

        (_field, _mismatch) = (key, Mismatch(key));
        return given.Add(key) ? key : throw Invalid("given twice");
    }

    private void Require(HashSet<string> given, params string[] fields)
    {
        foreach (string field in fields)
        {
            _field = field;
            if (!given.Contains(field))
            {
                throw Invalid("missing");
            }
        }
    }

    private string ReadCustomer()
    {
        string customer = _reader.ReadText(_mismatch);
        return Encoding.UTF8.GetByteCount(customer) <= CustomerBytes
            ? customer
            : throw Invalid($"longer than {CustomerBytes} bytes");
    }

    private string ReadCurrency()
    {
        string currency = _reader.ReadText(_mismatch);
        return currency.Length == 3 && currency.All(char.IsAsciiLetterUpper)
            ? currency
            : throw Invalid("not three capital letters");
    }

    private ulong ReadNumber(ulong maximum) => _reader.ReadNumber(maximum, _mismatch);

    private readonly OrderException Invalid(string fault) => new(_line, _field, fault);

    // The words of the other guest SDKs.
    private static string Mismatch(string field) => field switch
    {
        "lines" => "not an array",
        "quantity" or "unit_price" or "tax_rate" => "not an integer",
        "issued" => "not a timestamp",
        _ => "not a string",
    };
}
