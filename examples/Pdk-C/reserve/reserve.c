// Reserves seats: {"name": "Ada", "seats": 2} in MessagePack becomes "2 seats in the Globe for Ada, 98 are left".
//
// The house is called as the setting `house` says; its variable `taken` counts the seats. The code of a failure is 2
// when fewer are left, else 1.
#include "plugins.h"

#include "plugins_msgpack.h"

enum { SEATS = 100, INPUT_CAPACITY = 1024, HOUSE_CAPACITY = 64 };

typedef struct {
    const char *name;
    size_t name_length;
    uint8_t seats;
} request;

static void read_request(plugin_msgpack_reader *reader, request *it) {
    size_t length;
    for (size_t pairs = plugin_msgpack_read_map(reader); pairs > 0 && reader->error == PLUGIN_MSGPACK_OK; pairs--) {
        const char *key = plugin_msgpack_read_str(reader, &length);
        if (plugin_msgpack_is(key, length, "name")) it->name = plugin_msgpack_read_str(reader, &it->name_length);
        else if (plugin_msgpack_is(key, length, "seats")) it->seats = (uint8_t)plugin_msgpack_read_uint(reader, 255);
        else plugin_msgpack_skip(reader);
    }
}

// Takes seats; `left` is how many are left. Another call may take some at the same time: then it tries again.
static int32_t take(uint8_t seats, int32_t *left) {
    bool written = false;
    while (!written) {
        uint8_t taken = 0, after;
        size_t length;
        plugin_status status = plugin_variable_read("taken", &taken, 1, &length);
        if (status != PLUGIN_OK && status != PLUGIN_NOT_FOUND) return plugin_fail_status("variables.read", status);
        *left = SEATS - taken;
        if (seats > *left) {
            plugin_error_text("only ");
            plugin_error_number((uint64_t)*left);
            plugin_error_text(" seats are left");
            return 2;
        }
        after = (uint8_t)(taken + seats);
        const uint8_t *expected = status == PLUGIN_OK ? &taken : NULL;
        status = plugin_variable_compare_exchange("taken", expected, length, &after, 1, &written);
        if (status != PLUGIN_OK) return plugin_fail_status("variables.compare_exchange", status);
    }
    *left -= seats;
    return PLUGIN_OK;
}

PLUGIN_EXPORT(reserve) {
    uint8_t input[INPUT_CAPACITY];
    char house[HOUSE_CAPACITY] = "the house";
    size_t length = plugin_input_read_all(input, sizeof input), house_length = plugin_length(house);
    if (length > sizeof input) return plugin_fail("the input is longer than 1024 bytes");
    plugin_msgpack_reader reader;
    request asked = {NULL, 0, 0};
    plugin_msgpack_read_from(&reader, input, length);
    read_request(&reader, &asked);
    if (!plugin_msgpack_read_end(&reader)) return plugin_fail_msgpack("the input", &reader);
    if (asked.name_length == 0 || asked.seats == 0) return plugin_fail("a name and a number of seats are needed");

    size_t configured;
    plugin_status status = plugin_config("house", house, sizeof house, &configured);
    if (status == PLUGIN_OK) house_length = configured;
    else if (status != PLUGIN_NOT_FOUND) return plugin_fail_status("config.read", status);
    int32_t left, code = take(asked.seats, &left);
    if (code != PLUGIN_OK) return code;

    plugin_log(PLUGIN_INFORMATION, "seats are reserved");
    plugin_writer writer;
    writer.length = 0;
    plugin_writer_number(&writer, asked.seats);
    plugin_writer_text(&writer, " seats in ");
    plugin_writer_bytes(&writer, house, house_length);
    plugin_writer_text(&writer, " for ");
    plugin_writer_bytes(&writer, asked.name, asked.name_length);
    plugin_writer_text(&writer, ", ");
    plugin_writer_number(&writer, (uint64_t)left);
    plugin_writer_text(&writer, " are left");
    plugin_writer_flush(&writer);
    return PLUGIN_OK;
}
