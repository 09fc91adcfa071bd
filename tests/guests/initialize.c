// What a guest can do in `_initialize`, a module for each. `run` answers with the state that it left.
#include "plugins.h"

static volatile uint32_t sink;
static uint32_t pages;
static char found[256];
static size_t found_length;

PLUGIN_EXPORT(run) {
    plugin_writer writer;
    writer.length = 0;
    plugin_writer_number(&writer, ++sink);
    plugin_writer_text(&writer, " ");
    plugin_writer_number(&writer, pages);
    plugin_writer_text(&writer, " ");
    for (size_t i = 0; i < found_length; i++) plugin_writer_byte(&writer, (uint8_t)found[i]);
    plugin_writer_flush(&writer);
    return PLUGIN_OK;
}

__attribute__((noinline)) static uint32_t recurse_to(volatile uint32_t depth) {
    if (sink == UINT32_MAX) return depth;
    volatile uint32_t below = recurse_to(depth + 1);
    return below + depth;
}

PLUGIN_INITIALIZE() {
#if defined(spin)
    for (;;) sink++;
#elif defined(trap)
    plugin_panic("the table is missing");
#elif defined(recurse)
    sink = recurse_to(0);
#elif defined(flood_log)
    for (;;) plugin_log(PLUGIN_ERROR, "again");
#elif defined(grow)
    // All the memory there is, for every instance.
    while (__builtin_wasm_memory_grow(0, 1) != (size_t)-1) continue;
    pages = __builtin_wasm_memory_size(0);
#elif defined(counted)
    // State that each call finds: `run` answers "101 0 " in a fresh instance.
    sink = 100;
#elif defined(edges)
    // There is no input here, output is dropped, and an error text belongs to no call.
    char byte;
    pages = plugin_input_length() == 0 && plugin_input_read(&byte, 1) == 0;
    plugin_output_text("dropped");
    plugin_error_text("dropped as well");
    plugin_log(PLUGIN_INFORMATION, "initializing");
#elif defined(configured)
    if (plugin_config("name", found, sizeof found, &found_length) != PLUGIN_OK) plugin_panic("no name is configured");
#elif defined(seeded)
    // A seed that no two instances may share.
    uint32_t seed = 0;
    if (plugin_random_bytes(&seed, sizeof seed) != PLUGIN_OK) plugin_panic("there is no randomness");
    pages = seed;
#endif
    (void)recurse_to;
}
