// What docs/kit.md asks of a plugin, in C.
#include "plugins.h"

PLUGIN_HOST_FUNCTION(test_echo, "test.echo");

static char buffer[4096];

// The input as a text that ends with 0; this kit's keys, numbers and messages are short.
static size_t read_text(void) {
    size_t length = plugin_input_read_all(buffer, sizeof buffer - 1);
    buffer[length] = 0;
    return length;
}

static uint32_t read_number(void) {
    uint32_t number = 0;
    size_t length = read_text();
    for (size_t i = 0; i < length; i++) number = number * 10 + (uint32_t)(buffer[i] - '0');
    return number;
}

static int32_t write_number(uint64_t number) {
    plugin_writer writer;
    writer.length = 0;
    plugin_writer_number(&writer, number);
    plugin_writer_flush(&writer);
    return PLUGIN_OK;
}

// What a capability found under a key.
static int32_t tell(const char *capability, plugin_status status, const void *value, size_t length) {
    if (status == PLUGIN_NOT_FOUND) {
        plugin_output_text("absent");
        return PLUGIN_OK;
    }
    if (status != PLUGIN_OK) return plugin_fail_status(capability, status);
    plugin_output_text("present:");
    plugin_output(value, length);
    return PLUGIN_OK;
}

PLUGIN_EXPORT(echo) {
    size_t length;
    while ((length = plugin_input_read(buffer, sizeof buffer)) > 0) plugin_output(buffer, length);
    return PLUGIN_OK;
}

PLUGIN_EXPORT(input_length) {
    int32_t length = plugin_input_length();
    if (length >= 0) return write_number((uint64_t)length);
    plugin_output_text("unknown");
    return PLUGIN_OK;
}

PLUGIN_EXPORT(count_characters) {
    static plugin_text text;
    uint64_t count = 0;
    int32_t character;
    plugin_text_input(&text);
    while ((character = plugin_text_next(&text)) >= 0) count++;
    return character == PLUGIN_TEXT_END ? write_number(count) : plugin_fail_text(&text);
}

PLUGIN_EXPORT(fail) {
    read_text();
    return plugin_fail(buffer);
}

PLUGIN_EXPORT(fail_with_code) {
    plugin_error_text("the answer");
    return 42;
}

PLUGIN_EXPORT(fail_after_output) {
    plugin_output_text("half");
    return plugin_fail("the other half is missing");
}

PLUGIN_EXPORT(fatal) { plugin_panic("this cannot be"); }

PLUGIN_EXPORT(read_config) {
    char value[64];
    size_t length = 0;
    read_text();
    plugin_status status = plugin_config(buffer, value, sizeof value, &length);
    return tell("config.read", status, value, length);
}

PLUGIN_EXPORT(read_variable) {
    char value[64];
    size_t length = 0;
    read_text();
    plugin_status status = plugin_variable_read(buffer, value, sizeof value, &length);
    return tell("variables.read", status, value, length);
}

PLUGIN_EXPORT(write_variable) {
    size_t length = read_text();
    plugin_status status = plugin_variable_write("key", buffer, length);
    return status == PLUGIN_OK ? PLUGIN_OK : plugin_fail_status("variables.write", status);
}

PLUGIN_EXPORT(delete_variable) {
    read_text();
    plugin_status status = plugin_variable_delete(buffer);
    return status == PLUGIN_OK ? PLUGIN_OK : plugin_fail_status("variables.delete", status);
}

PLUGIN_EXPORT(increment) {
    char expected[20], next[20];
    size_t expected_length = 0, next_length;
    bool present = false, written = false;
    uint64_t number;
    do {
        number = 0;
        for (size_t i = 0; i < expected_length; i++) number = number * 10 + (uint64_t)(expected[i] - '0');
        next_length = plugin_decimal(++number, next);
        plugin_status status = plugin_variable_compare_exchange(
            "counter", present ? expected : NULL, expected_length, next, next_length, &written);
        if (status != PLUGIN_OK) return plugin_fail_status("variables.compare_exchange", status);
        if (!written) expected_length = plugin_result_read(expected, sizeof expected);
        present = true;
    } while (!written);
    return write_number(number);
}

PLUGIN_EXPORT(ask) {
    size_t length = read_text();
    plugin_status status = test_echo(buffer, length);
    if (status != PLUGIN_OK) return plugin_fail_status("test.echo", status);
    plugin_output(buffer, plugin_result_read(buffer, sizeof buffer));
    return PLUGIN_OK;
}

PLUGIN_EXPORT(fetch) {
    static const plugin_http_header headers[] = {{"Accept", "text/plain"}};
    plugin_http_request request = {"POST", buffer, headers, 1, "order", 5};
    plugin_http_response response;
    char kind[64] = "-", answer[1024];
    size_t length;
    read_text();
    plugin_status status = plugin_http_send(&request, answer, sizeof answer, &response);
    if (status != PLUGIN_OK) return plugin_fail_status("http.send", status);
    if (!plugin_http_find(&response, "X-Kind", kind, sizeof kind, &length)) length = 1;
    write_number(response.status);
    plugin_output_text(" ");
    plugin_output(kind, length);
    plugin_output_text(" ");
    plugin_output(response.body, response.body_length);
    return PLUGIN_OK;
}

PLUGIN_EXPORT(repeat) {
    plugin_writer writer;
    writer.length = 0;
    for (uint32_t left = read_number(); left > 0; left--) plugin_writer_byte(&writer, 'x');
    plugin_writer_flush(&writer);
    return PLUGIN_OK;
}

PLUGIN_EXPORT(log_levels) {
    for (plugin_level level = PLUGIN_TRACE; level <= PLUGIN_CRITICAL; level++) plugin_log(level, "level \xc3\xa9");
    return PLUGIN_OK;
}

// The volatile keeps the compiler from making a loop of it.
static uint32_t descend(uint32_t depth) {
    volatile uint32_t here = depth;
    return here == 0 ? 0 : descend(here - 1) + 1;
}

PLUGIN_EXPORT(recurse) { return write_number(descend(read_number())); }

PLUGIN_EXPORT(now) {
    int64_t nanoseconds;
    plugin_status status = plugin_clock_now(&nanoseconds);
    return status == PLUGIN_OK ? write_number((uint64_t)nanoseconds) : plugin_fail_status("clock.now", status);
}

PLUGIN_EXPORT(random) {
    uint8_t bytes[40];
    plugin_status status = plugin_random_bytes(bytes, sizeof bytes);
    if (status != PLUGIN_OK) return plugin_fail_status("random.bytes", status);
    plugin_output(bytes, sizeof bytes);
    return PLUGIN_OK;
}
