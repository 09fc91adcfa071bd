namespace Invoice;

/// <summary>What an invoice needs of an order; the amounts of its lines are summed already.</summary>
internal sealed record Order(
    string Customer,
    string Currency,
    int Lines,
    ulong Net,
    ulong TaxRate,
    Moment? Issued);
