// Counts the words, lines and characters of a text: {"words":2,"lines":1,"characters":11}.
//
// A character is a Unicode scalar value. A word is a run of characters without white space (Unicode's White_Space).
// A line ends with a line feed; the last one may lack it. The text is read in pieces, so it may have any length.
#include "plugins.h"

static bool is_white_space(int32_t c) {
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

static void write_count(plugin_writer *writer, const char *name, uint64_t count) {
    plugin_writer_text(writer, name);
    plugin_writer_number(writer, count);
}

PLUGIN_EXPORT(word_count) {
    uint64_t words = 0, lines = 0, characters = 0;
    bool in_word = false;
    int32_t last = '\n';
    plugin_text text;
    plugin_text_input(&text);
    for (int32_t c; (c = plugin_text_next(&text)) != PLUGIN_TEXT_END; last = c) {
        if (c == PLUGIN_TEXT_INVALID) return plugin_fail_text(&text);
        bool space = is_white_space(c);
        words += !space && !in_word;
        in_word = !space;
        lines += c == '\n';
        characters++;
    }
    lines += last != '\n';

    plugin_writer writer;
    writer.length = 0;
    write_count(&writer, "{\"words\":", words);
    write_count(&writer, ",\"lines\":", lines);
    write_count(&writer, ",\"characters\":", characters);
    plugin_writer_byte(&writer, '}');
    plugin_writer_flush(&writer);
    return PLUGIN_OK;
}
