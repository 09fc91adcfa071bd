// A global that a constructor prepares, in C++: the header calls it, once for each instance.
#include "plugins.h"

struct counter {
    uint32_t value;
    explicit counter(uint32_t start);
};

__attribute__((noinline)) counter::counter(uint32_t start) : value(start) {
    plugin_log(PLUGIN_INFORMATION, "constructed");
}

static counter calls(100);

// After the constructor of what is above it.
PLUGIN_INITIALIZE() { calls.value *= 10; }

PLUGIN_EXPORT(run) {
    plugin_writer writer;
    writer.length = 0;
    plugin_writer_number(&writer, ++calls.value);
    plugin_writer_flush(&writer);
    return PLUGIN_OK;
}
