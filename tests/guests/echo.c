// The cheapest things a guest can do, to test and to measure with.
#include "plugins.h"

static uint8_t buffer[65536];

// Does nothing at all.
PLUGIN_EXPORT(empty) { return PLUGIN_OK; }

// Gives the input back in pieces of at most 64 KiB, so an input of any length needs no more memory.
PLUGIN_EXPORT(echo) {
    for (size_t n; (n = plugin_input_read(buffer, sizeof buffer)) > 0;) plugin_output(buffer, n);
    return PLUGIN_OK;
}

// Gives the input back whole, in memory grown for it.
PLUGIN_EXPORT(echo_whole) {
    int32_t length = plugin_input_length();
    if (length < 0) return plugin_fail("the length of the input is not known");
    size_t start = __builtin_wasm_memory_size(0) * 65536;
    size_t pages = ((size_t)length + 65535) / 65536;
    if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) return plugin_fail("memory cannot grow");
    size_t read = plugin_input_read((void *)start, (size_t)length);
    plugin_output((void *)start, read);
    return PLUGIN_OK;
}
