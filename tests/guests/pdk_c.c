// Uses everything in the guest SDK for C. The other pdk_* guests do the same in their languages.
#include "plugins.h"

PLUGIN_HOST_FUNCTION(test_echo, "test.echo");

static void write_pair(plugin_writer *writer, const char *name, const char *value, size_t length) {
    plugin_writer_text(writer, name);
    for (size_t i = 0; i < length; i++) plugin_writer_byte(writer, (uint8_t)value[i]);
    plugin_writer_byte(writer, '\n');
}

static int32_t use_variables(plugin_writer *writer) {
    char value[16];
    size_t length;
    bool written;
    plugin_status status = plugin_variable_compare_exchange("count", NULL, 0, "1", 1, &written);
    if (status != PLUGIN_OK || !written) return plugin_fail_status("variables.compare_exchange", status);
    status = plugin_variable_read("count", value, sizeof value, &length);
    if (status != PLUGIN_OK) return plugin_fail_status("variables.read", status);
    write_pair(writer, "count=", value, length);
    plugin_variable_compare_exchange("count", "1", 1, "2", 1, &written);
    if (written) write_pair(writer, "swapped", "", 0);
    plugin_variable_compare_exchange("count", "1", 1, "3", 1, &written);
    if (!written) write_pair(writer, "present=", value, plugin_result_read(value, sizeof value));
    plugin_variable_write("count", "", 0);
    status = plugin_variable_read("count", value, sizeof value, &length);
    if (status == PLUGIN_OK && length == 0) write_pair(writer, "empty", "", 0);
    plugin_variable_delete("count");
    status = plugin_variable_read("count", value, sizeof value, &length);
    if (status == PLUGIN_NOT_FOUND) write_pair(writer, "absent", "", 0);
    return PLUGIN_OK;
}

PLUGIN_EXPORT(exercise) {
    plugin_writer writer;
    char name[32];
    size_t length;
    int64_t now;
    uint8_t random[4];
    writer.length = 0;
    plugin_status status = plugin_config("name", name, sizeof name, &length);
    if (status != PLUGIN_OK) return plugin_fail_status("config.read", status);
    write_pair(&writer, "name=", name, length);
    if (use_variables(&writer) != PLUGIN_OK) return 1;
    status = plugin_clock_now(&now);
    if (status != PLUGIN_OK) return plugin_fail_status("clock.now", status);
    plugin_writer_text(&writer, "clock=");
    plugin_writer_number(&writer, (uint64_t)now);
    status = plugin_random_bytes(random, sizeof random);
    if (status != PLUGIN_OK) return plugin_fail_status("random.bytes", status);
    plugin_writer_text(&writer, "\nrandom=");
    for (size_t i = 0; i < sizeof random; i++) plugin_writer_number(&writer, random[i]);
    plugin_writer_flush(&writer);
    for (plugin_level level = PLUGIN_TRACE; level <= PLUGIN_CRITICAL; level++) plugin_log(level, "level");
    return PLUGIN_OK;
}

// Fails as the host function does.
PLUGIN_EXPORT(ask) {
    char request[64];
    size_t length = plugin_input_read_all(request, sizeof request);
    plugin_status status = test_echo(request, length);
    if (status != PLUGIN_OK) return plugin_fail_status("test.echo", status);
    plugin_output(request, plugin_result_read(request, sizeof request));
    return PLUGIN_OK;
}

// A variable that is larger than PLUGIN_REQUEST_CAPACITY.
PLUGIN_EXPORT(write_large) {
    static uint8_t value[5000];
    plugin_status status = plugin_variable_write("large", value, sizeof value);
    return status == PLUGIN_OK ? PLUGIN_OK : plugin_fail_status("variables.write", status);
}

PLUGIN_EXPORT(panic) { plugin_panic("this cannot be"); }
