// Greets by name, with a greeting that the application gives: "Ada" becomes "Hello, Ada!".
//
// The greeting comes from the host function `greeting.prefix`, which is sent a language tag: the configured `language`,
// or "en". A name may have 1,024 bytes, a language tag 64, a greeting 256. The code of a failure is 2
// when the greeting is at fault, else 1.
#include "plugins.h"

PLUGIN_HOST_FUNCTION(greeting_prefix, "greeting.prefix");

enum { NAME_CAPACITY = 1024, LANGUAGE_CAPACITY = 64, PREFIX_CAPACITY = 256 };

static int32_t fail_greeting(plugin_status status, const char *language, size_t length) {
    switch (status) {
    case PLUGIN_DENIED:
        plugin_error_text("asking for a greeting is not permitted");
        break;
    case PLUGIN_FAILED:
        plugin_error_text("the greeting failed: ");
        plugin_error_result();
        break;
    case PLUGIN_TOO_LARGE:
        plugin_error_text("the greeting is too large");
        break;
    case PLUGIN_NOT_FOUND:
        plugin_error_text("there is no greeting for the language \"");
        plugin_error(language, length);
        plugin_error_text("\"");
        break;
    default:
        plugin_error_text("the greeting failed");
        break;
    }
    return 2;
}

static plugin_status read_language(char language[LANGUAGE_CAPACITY], size_t *length) {
    plugin_status status = plugin_config("language", language, LANGUAGE_CAPACITY, length);
    if (status != PLUGIN_NOT_FOUND) return status;
    language[0] = 'e';
    language[1] = 'n';
    *length = 2;
    return PLUGIN_OK;
}

PLUGIN_EXPORT(greet) {
    char name[NAME_CAPACITY], language[LANGUAGE_CAPACITY], prefix[PREFIX_CAPACITY];
    size_t name_length = plugin_input_read_all(name, sizeof name), language_length, prefix_length;
    if (name_length > sizeof name) return plugin_fail("the name is longer than 1024 bytes");
    plugin_text text;
    plugin_text_memory(&text, name, name_length);
    if (!plugin_text_is_valid(&text)) return plugin_fail_text(&text);
    if (read_language(language, &language_length) != PLUGIN_OK) return plugin_fail("the language cannot be read");

    plugin_status status = greeting_prefix(language, language_length);
    status = plugin_result(status, prefix, sizeof prefix, &prefix_length);
    if (status != PLUGIN_OK) return fail_greeting(status, language, language_length);
    plugin_log(PLUGIN_INFORMATION, "greeting given");
    plugin_output(prefix, prefix_length);
    plugin_output_text(", ");
    plugin_output(name, name_length);
    plugin_output_text("!");
    return PLUGIN_OK;
}
