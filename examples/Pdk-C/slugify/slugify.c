// Makes a slug for addresses and file names of a text: "Crème brûlée, it's good!" becomes "creme-brulee-its-good".
//
// ASCII letters (as lower case) and digits stay. Latin letters from U+00C0 to U+017F become their ASCII base letters.
// Apostrophes (U+0027, U+2019) and combining accents (U+0300 to U+036F) vanish. Each run of anything else between two
// kept characters becomes one hyphen. A text with nothing to keep has the empty slug.
#include "plugins.h"

// U+00C0 to U+017F. A capital stands for two letters (see `pairs`), a hyphen for a character that is no letter.
static const char folded[] =
    "aaaaaaAceeeeiiiidnooooo-ouuuuyTSaaaaaaAceeeeiiiidnooooo-ouuuuyTy"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkklllllll"
    "lllnnnnnnnNNooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static const char pairs[] = "AaeIijNngOoeSssTth";

static bool vanishes(int32_t c) { return c == '\'' || c == 0x2019 || (c >= 0x300 && c <= 0x36F); }

static char fold(int32_t c) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return (char)c;
    if (c >= 'A' && c <= 'Z') return (char)(c + 32);
    return c >= 0xC0 && c <= 0x17F ? folded[c - 0xC0] : '-';
}

static void write_letters(plugin_writer *writer, char letter) {
    for (size_t i = 0; letter <= 'Z' && i + 2 < sizeof pairs; i += 3) {
        if (pairs[i] != letter) continue;
        plugin_writer_byte(writer, (uint8_t)pairs[i + 1]);
        letter = pairs[i + 2];
        break;
    }
    plugin_writer_byte(writer, (uint8_t)letter);
}

PLUGIN_EXPORT(slugify) {
    bool any = false, gap = false;
    plugin_writer writer;
    plugin_text text;
    writer.length = 0;
    plugin_text_input(&text);
    for (int32_t c; (c = plugin_text_next(&text)) != PLUGIN_TEXT_END;) {
        if (c == PLUGIN_TEXT_INVALID) return plugin_fail_text(&text);
        if (vanishes(c)) continue;
        char letter = fold(c);
        if (letter == '-') {
            gap = any;
            continue;
        }
        if (gap) plugin_writer_byte(&writer, '-');
        gap = false;
        any = true;
        write_letters(&writer, letter);
    }
    plugin_writer_flush(&writer);
    return PLUGIN_OK;
}
