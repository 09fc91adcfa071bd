// Gives a test full hold of every capability: each export sends the input as the request and answers with the status
// (i32, little-endian) and the result or message.
#include "plugins.h"

PLUGIN_HOST_FUNCTION(test_echo, "test.echo");

static uint8_t buffer[65536];
static volatile uint32_t sink;

typedef plugin_status (*capability)(const void *request, size_t length);

static int32_t answer(plugin_status status) {
    plugin_output(&status, sizeof status);
    for (size_t n; (n = plugin_result_read(buffer, sizeof buffer)) > 0;) plugin_output(buffer, n);
    return PLUGIN_OK;
}

static int32_t pass(capability function) {
    size_t length = plugin_input_read_all(buffer, sizeof buffer);
    if (length > sizeof buffer) return plugin_fail("the request is too long");
    return answer(function(buffer, length));
}

PLUGIN_EXPORT(config_read) { return pass(plugin_abi_config_read); }
PLUGIN_EXPORT(variables_read) { return pass(plugin_abi_variables_read); }
PLUGIN_EXPORT(variables_write) { return pass(plugin_abi_variables_write); }
PLUGIN_EXPORT(variables_delete) { return pass(plugin_abi_variables_delete); }
PLUGIN_EXPORT(variables_compare_exchange) { return pass(plugin_abi_variables_compare_exchange); }
PLUGIN_EXPORT(clock_now) { return pass(plugin_abi_clock_now); }
PLUGIN_EXPORT(random_bytes) { return pass(plugin_abi_random_bytes); }
PLUGIN_EXPORT(test_call) { return pass(test_echo); }

// ---- ranges: the input is u8 1 to count the pointer from the end of memory, i32 pointer, i32 length ----

PLUGIN_EXPORT(range) {
    uint8_t request[9];
    int32_t pointer, length;
    if (plugin_input_read_all(request, sizeof request) != sizeof request) return plugin_fail("nine bytes are needed");
    __builtin_memcpy(&pointer, request + 1, 4);
    __builtin_memcpy(&length, request + 5, 4);
    if (request[0] == 1) pointer += (int32_t)(__builtin_wasm_memory_size(0) * 65536);
    return answer(test_echo((void *)pointer, (size_t)length));
}

// ---- floods ----

PLUGIN_EXPORT(flood_host_calls) {
    for (;;) sink += (uint32_t)test_echo(buffer, 0);
}

PLUGIN_EXPORT(flood_host_bytes) {
    for (;;) sink += (uint32_t)test_echo(buffer, sizeof buffer);
}

PLUGIN_EXPORT(flood_random) {
    uint32_t count = sizeof buffer;
    for (;;) sink += (uint32_t)plugin_abi_random_bytes(&count, sizeof count);
}

// Ever new variables of 4 KiB.
PLUGIN_EXPORT(flood_variables) {
    for (uint32_t i = 0;; i++) {
        uint32_t key_length = 4;
        __builtin_memcpy(buffer, &key_length, 4);
        for (size_t digit = 0; digit < 4; digit++) buffer[4 + digit] = (uint8_t)('a' + (i >> 4 * digit & 15));
        plugin_status status = plugin_abi_variables_write(buffer, 8 + 4096);
        if (status != PLUGIN_OK) return answer(status);
    }
}

// ---- how long a result lives ----

// A second call replaces the result of the first, also one that was half read, also by a failure.
PLUGIN_EXPORT(stale_result) {
    test_echo("first", 5);
    if (plugin_result_read(buffer, 2) != 2 || plugin_result_length() != 5) return plugin_fail("it is not whole");
    test_echo("second", 6);
    if (plugin_result_length() != 6) return plugin_fail("the result is not the second's");
    if (plugin_result_read(buffer, sizeof buffer) != 6 || buffer[0] != 's') return plugin_fail("it is not new");
    if (plugin_result_read(buffer, sizeof buffer) != 0) return plugin_fail("it does not end");
    if (plugin_abi_config_read("no such key", 11) != PLUGIN_NOT_FOUND) return plugin_fail("there is such a key");
    return plugin_result_length() == 0 ? PLUGIN_OK : plugin_fail("a failure left a result");
}

// Writes a variable, then fails: what was written stays.
PLUGIN_EXPORT(write_then_fail) {
    plugin_variable_write("kept", "yes", 3);
    return plugin_fail("after writing");
}
