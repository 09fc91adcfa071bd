// Repeats a text of at most 1,024 bytes in ASCII capitals: "hello" becomes "HELLO!".
#include "plugins.h"

PLUGIN_EXPORT(shout) {
    char text[1024];
    size_t length = plugin_input_read_all(text, sizeof text);
    if (length > sizeof text) return plugin_fail("the input is longer than 1024 bytes");
    if (length == 0) return plugin_fail("there is nothing to shout");
    for (size_t i = 0; i < length; i++) {
        if (text[i] >= 'a' && text[i] <= 'z') text[i] -= 'a' - 'A';
    }
    plugin_output(text, length);
    plugin_output_text("!");
    return PLUGIN_OK;
}
