// Reads one MessagePack value of any kind and writes it again in the shortest forms; the others of its name do the same.
#include "plugins.h"

#include "plugins_msgpack.h"

enum { CAPACITY = 1 << 17 };

static uint8_t input_bytes[CAPACITY];

// Copies a value, or the beginning of an array or map; how many values follow in it.
static uint64_t copy(plugin_msgpack_reader *reader, plugin_msgpack_writer *writer) {
    size_t length;
    uint32_t nanoseconds;
    int64_t seconds;
    int8_t type;
    const void *bytes;
    switch (plugin_msgpack_read_kind(reader)) {
    case PLUGIN_MSGPACK_NIL:
        if (plugin_msgpack_read_nil(reader)) plugin_msgpack_write_nil(writer);
        return 0;
    case PLUGIN_MSGPACK_BOOL:
        plugin_msgpack_write_bool(writer, plugin_msgpack_read_bool(reader));
        return 0;
    case PLUGIN_MSGPACK_UINT:
        plugin_msgpack_write_uint(writer, plugin_msgpack_read_uint(reader, UINT64_MAX));
        return 0;
    case PLUGIN_MSGPACK_INT:
        plugin_msgpack_write_int(writer, plugin_msgpack_read_int(reader, INT64_MIN, INT64_MAX));
        return 0;
    case PLUGIN_MSGPACK_FLOAT:
        plugin_msgpack_write_float(writer, plugin_msgpack_read_float(reader));
        return 0;
    case PLUGIN_MSGPACK_STR:
        bytes = plugin_msgpack_read_str(reader, &length);
        plugin_msgpack_write_str(writer, (const char *)bytes, length);
        return 0;
    case PLUGIN_MSGPACK_BIN:
        bytes = plugin_msgpack_read_bin(reader, &length);
        plugin_msgpack_write_bin(writer, bytes, length);
        return 0;
    case PLUGIN_MSGPACK_ARRAY:
        length = plugin_msgpack_read_array(reader);
        plugin_msgpack_write_array(writer, length);
        return length;
    case PLUGIN_MSGPACK_MAP:
        length = plugin_msgpack_read_map(reader);
        plugin_msgpack_write_map(writer, length);
        return (uint64_t)length * 2;
    case PLUGIN_MSGPACK_EXT:
        bytes = plugin_msgpack_read_ext(reader, &type, &length);
        plugin_msgpack_write_ext(writer, type, bytes, length);
        return 0;
    case PLUGIN_MSGPACK_TIMESTAMP:
        seconds = plugin_msgpack_read_timestamp(reader, &nanoseconds);
        plugin_msgpack_write_timestamp(writer, seconds, nanoseconds);
        return 0;
    default:
        return 0;
    }
}

PLUGIN_EXPORT(transcode) {
    uint8_t buffer[512];
    plugin_msgpack_reader reader;
    plugin_msgpack_writer writer;
    plugin_msgpack_read_from(&reader, input_bytes, plugin_input_read_all(input_bytes, sizeof input_bytes));
    plugin_msgpack_write_through(&writer, buffer, sizeof buffer, plugin_output);
    for (uint64_t owed = 1; owed > 0 && !reader.error; owed--) owed += copy(&reader, &writer);
    if (!plugin_msgpack_read_end(&reader)) return plugin_fail_msgpack("the input", &reader);
    return plugin_msgpack_write_end(&writer) ? PLUGIN_OK : plugin_fail(plugin_msgpack_error_text(writer.error));
}

// Skips one value of any kind.
PLUGIN_EXPORT(skip) {
    plugin_msgpack_reader reader;
    plugin_msgpack_read_from(&reader, input_bytes, plugin_input_read_all(input_bytes, sizeof input_bytes));
    plugin_msgpack_skip(&reader);
    return plugin_msgpack_read_end(&reader) ? PLUGIN_OK : plugin_fail_msgpack("the input", &reader);
}
