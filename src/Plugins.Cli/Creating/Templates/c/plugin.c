// Greets whomever the input names: "Ada" becomes "Hello, Ada!".
#include "plugins.h"

PLUGIN_EXPORT(greet) {
    char name[256];
    size_t length = plugin_input_read_all(name, sizeof name);
    if (length > sizeof name) return plugin_fail("the name is longer than 256 bytes");
    if (length == 0) return plugin_fail("whom shall I greet?");
    plugin_output_text("Hello, ");
    plugin_output(name, length);
    plugin_output_text("!");
    return PLUGIN_OK;
}
