// Makes an invoice of an order, both in MessagePack: {"customer": "Ada", "currency": "EUR", "lines": [{"sku": "a-1",
// "quantity": 2, "unit_price": 1250}], "tax_rate": 1900} becomes {"customer": "Ada", "currency": "EUR", "lines": 1,
// "net": 2500, "tax": 475, "total": 2975}.
//
// Amounts are cents, the tax rate hundredths of a percent; the tax is rounded half up. An order may have a moment
// `issued`, which the invoice repeats; it and the tax rate may be nil. Unknown keys are skipped. An order may have
// 16,384 bytes. A failure names the field.
#include "plugins.h"

#include "plugins_msgpack.h"

enum {
    ORDER_CAPACITY = 16384,
    CUSTOMER_LIMIT = 256,
    QUANTITY_LIMIT = 10000,
    PRICE_LIMIT = 100000000,
    TAX_RATE_LIMIT = 10000,
};

static const char *const order_fields[] = {"customer", "currency", "lines", "tax_rate", "issued"};
enum { CUSTOMER, CURRENCY, LINES, TAX_RATE, ISSUED, ORDER_FIELDS };

static const char *const line_fields[] = {"sku", "quantity", "unit_price"};
enum { SKU, QUANTITY, UNIT_PRICE, LINE_FIELDS };

// An order as it is read. `line` and `field` tell where that is, `problem` what is wrong beyond the MessagePack itself.
typedef struct {
    plugin_msgpack_reader reader;
    const char *customer, *currency, *field, *problem;
    size_t customer_length, currency_length, lines, line;
    uint64_t net, tax_rate;
    bool has_issued;
    int64_t issued;
    uint32_t issued_nanoseconds;
} order;

static const size_t NO_LINE = SIZE_MAX;

static void begin(order *it, const uint8_t *bytes, size_t length) {
    plugin_msgpack_read_from(&it->reader, bytes, length);
    it->customer = it->currency = it->field = it->problem = NULL;
    it->customer_length = it->currency_length = it->lines = 0;
    it->net = it->tax_rate = 0;
    it->line = NO_LINE;
    it->has_issued = false;
}

static bool going_on(const order *it) { return it->problem == NULL && it->reader.error == PLUGIN_MSGPACK_OK; }

// Reads a key; its number among the fields, or `count` when it is unknown. `seen` has a bit for each field.
static uint32_t read_field(order *it, const char *const *fields, uint32_t count, uint32_t *seen) {
    size_t length;
    uint32_t field = 0;
    it->field = NULL;
    const char *key = plugin_msgpack_read_str(&it->reader, &length);
    while (field < count && !plugin_msgpack_is(key, length, fields[field])) field++;
    if (field == count) return field;
    it->field = fields[field];
    if (*seen >> field & 1) it->problem = "given twice";
    *seen |= 1u << field;
    return field;
}

static void require(order *it, const char *const *fields, uint32_t count, uint32_t seen) {
    for (uint32_t field = 0; field < count && going_on(it); field++) {
        if (seen >> field & 1) continue;
        it->field = fields[field];
        it->problem = "missing";
    }
}

static void read_line(order *it) {
    uint32_t seen = 0;
    uint64_t quantity = 0, price = 0;
    size_t length;
    it->field = NULL;
    for (size_t pairs = plugin_msgpack_read_map(&it->reader); pairs > 0 && going_on(it); pairs--) {
        uint32_t field = read_field(it, line_fields, LINE_FIELDS, &seen);
        if (!going_on(it)) return;
        if (field == SKU) plugin_msgpack_read_str(&it->reader, &length);
        else if (field == QUANTITY) quantity = plugin_msgpack_read_uint(&it->reader, QUANTITY_LIMIT);
        else if (field == UNIT_PRICE) price = plugin_msgpack_read_uint(&it->reader, PRICE_LIMIT);
        else plugin_msgpack_skip(&it->reader);
    }
    require(it, line_fields, LINE_FIELDS, seen);
    // A line has 28 bytes at least: 585 of them come to less than 10^15, and that times a rate fits 64 bits.
    it->net += quantity * price;
}

static void read_lines(order *it) {
    it->lines = plugin_msgpack_read_array(&it->reader);
    for (size_t line = 0; line < it->lines && going_on(it); line++) {
        it->line = line;
        read_line(it);
    }
    if (going_on(it)) it->line = NO_LINE;
}

static void read_currency(order *it) {
    it->currency = plugin_msgpack_read_str(&it->reader, &it->currency_length);
    bool valid = it->currency_length == 3;
    for (size_t i = 0; i < it->currency_length; i++) {
        if (it->currency[i] < 'A' || it->currency[i] > 'Z') valid = false;
    }
    if (!valid) it->problem = "not three capital letters";
}

static void read_value(order *it, uint32_t field) {
    switch (field) {
    case CUSTOMER:
        it->customer = plugin_msgpack_read_str(&it->reader, &it->customer_length);
        if (it->customer_length > CUSTOMER_LIMIT) it->problem = "longer than 256 bytes";
        break;
    case CURRENCY:
        read_currency(it);
        break;
    case LINES:
        read_lines(it);
        break;
    case TAX_RATE:
        if (!plugin_msgpack_read_nil(&it->reader)) it->tax_rate = plugin_msgpack_read_uint(&it->reader, TAX_RATE_LIMIT);
        break;
    case ISSUED:
        it->has_issued = !plugin_msgpack_read_nil(&it->reader);
        if (it->has_issued) it->issued = plugin_msgpack_read_timestamp(&it->reader, &it->issued_nanoseconds);
        break;
    default:
        plugin_msgpack_skip(&it->reader);
    }
}

static bool read_order(order *it) {
    uint32_t seen = 1u << TAX_RATE | 1u << ISSUED, given = 0;
    for (size_t pairs = plugin_msgpack_read_map(&it->reader); pairs > 0 && going_on(it); pairs--) {
        uint32_t field = read_field(it, order_fields, ORDER_FIELDS, &given);
        if (going_on(it)) read_value(it, field);
    }
    if (going_on(it)) {
        it->field = NULL;
        plugin_msgpack_read_end(&it->reader);
    }
    require(it, order_fields, ORDER_FIELDS, seen | given);
    return going_on(it);
}

// "lines[2].quantity: not an integer at byte 81"
static int32_t fail_order(const order *it) {
    bool in_line = it->line != NO_LINE;
    if (in_line) {
        plugin_error_text("lines[");
        plugin_error_number(it->line);
        plugin_error_text(it->field == NULL ? "]" : "].");
    }
    const char *field = it->field == NULL ? (in_line ? "" : "order") : it->field;
    if (it->reader.error != PLUGIN_MSGPACK_OK) return plugin_fail_msgpack(field, &it->reader);
    plugin_error_text(field);
    plugin_error_text(": ");
    return plugin_fail(it->problem);
}

static void write_amount(plugin_msgpack_writer *writer, const char *name, uint64_t value) {
    plugin_msgpack_write_text(writer, name);
    plugin_msgpack_write_uint(writer, value);
}

static bool write_invoice(plugin_msgpack_writer *writer, const order *it) {
    uint64_t tax = (it->net * it->tax_rate + 5000) / 10000;
    plugin_msgpack_write_map(writer, it->has_issued ? 7 : 6);
    plugin_msgpack_write_text(writer, "customer");
    plugin_msgpack_write_str(writer, it->customer, it->customer_length);
    plugin_msgpack_write_text(writer, "currency");
    plugin_msgpack_write_str(writer, it->currency, it->currency_length);
    write_amount(writer, "lines", it->lines);
    write_amount(writer, "net", it->net);
    write_amount(writer, "tax", tax);
    write_amount(writer, "total", it->net + tax);
    if (it->has_issued) {
        plugin_msgpack_write_text(writer, "issued");
        plugin_msgpack_write_timestamp(writer, it->issued, it->issued_nanoseconds);
    }
    return plugin_msgpack_write_end(writer);
}

PLUGIN_EXPORT(invoice) {
    uint8_t input[ORDER_CAPACITY], output[CUSTOMER_LIMIT + 128];
    size_t length = plugin_input_read_all(input, sizeof input);
    if (length > sizeof input) return plugin_fail("the input is longer than 16384 bytes");
    order it;
    begin(&it, input, length);
    if (!read_order(&it)) return fail_order(&it);

    plugin_msgpack_writer writer;
    plugin_msgpack_write_to(&writer, output, sizeof output);
    if (!write_invoice(&writer, &it)) plugin_panic("the invoice is longer than the buffer");
    plugin_output(output, writer.length);
    return PLUGIN_OK;
}
