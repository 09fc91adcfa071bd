// A constructor in C, a module for each way to link it.
#include "plugins.h"

static uint32_t calls;

__attribute__((constructor)) static void construct(void) {
    plugin_log(PLUGIN_INFORMATION, "constructed");
    calls += 100;
}

#if defined(called)
PLUGIN_CALL_CONSTRUCTORS()
#elif defined(initialized)
PLUGIN_INITIALIZE() { calls *= 10; }
#elif defined(command)
// Nothing calls them, so the linker takes the module for a command, and runs them at every export.
#endif

PLUGIN_EXPORT(run) {
    plugin_writer writer;
    writer.length = 0;
    plugin_writer_number(&writer, ++calls);
    plugin_writer_flush(&writer);
    return PLUGIN_OK;
}
