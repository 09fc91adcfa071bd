// DEFLATE (RFC 1951) both ways: matches by hash chains with lazy evaluation, blocks that are stored, fixed or with
// codes of their own, and a reader with tables. The workload compresses data of several kinds at several levels,
// expands it, and compares.
#include "guest.h"

enum {
    WINDOW = 32768,
    MINIMUM_MATCH = 3,
    MAXIMUM_MATCH = 258,
    LITERALS = 286, // Literals, the end of a block, and lengths.
    DISTANCES = 30,
    CODE_LENGTHS = 19,
    MAXIMUM_BITS = 15,
    END_OF_BLOCK = 256,
};

static const u16 length_base[29] = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
};
static const u8 length_extra[29] = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
};
static const u16 distance_base[DISTANCES] = {
    1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
    193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
};
static const u8 distance_extra[DISTANCES] = {
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
};
static const u8 code_length_order[CODE_LENGTHS] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

// ---- checksums ---------------------------------------------------------------------------------------------------

static u32 crc_table[8][256];

static void make_crc_tables(void) {
    for (u32 i = 0; i < 256; i++) {
        u32 value = i;
        for (int bit = 0; bit < 8; bit++) {
            value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0);
        }
        crc_table[0][i] = value;
    }
    for (u32 i = 0; i < 256; i++) {
        for (int t = 1; t < 8; t++) {
            crc_table[t][i] = crc_table[t - 1][i] >> 8 ^ crc_table[0][crc_table[t - 1][i] & 255];
        }
    }
}

static u32 crc_of(const u8 *data, u32 length) {
    u32 crc = ~0u;
    for (; length >= 8; data += 8, length -= 8) {
        u32 low, high;
        copy_bytes(&low, data, 4);
        copy_bytes(&high, data + 4, 4);
        low ^= crc;
        crc = crc_table[7][low & 255] ^ crc_table[6][low >> 8 & 255] ^ crc_table[5][low >> 16 & 255] ^
            crc_table[4][low >> 24] ^ crc_table[3][high & 255] ^ crc_table[2][high >> 8 & 255] ^
            crc_table[1][high >> 16 & 255] ^ crc_table[0][high >> 24];
    }
    while (length--) {
        crc = crc >> 8 ^ crc_table[0][(crc ^ *data++) & 255];
    }
    return ~crc;
}

static u32 adler_of(const u8 *data, u32 length) {
    u32 a = 1, b = 0;
    while (length) {
        u32 run = length < 5552 ? length : 5552;
        length -= run;
        while (run--) {
            a += *data++;
            b += a;
        }
        a %= 65521;
        b %= 65521;
    }
    return b << 16 | a;
}

// ---- bits --------------------------------------------------------------------------------------------------------

typedef struct {
    u8 *bytes;
    u32 length, capacity;
    u64 bits;
    u32 bit_count;
} BitWriter;

static void flush_bytes(BitWriter *writer) {
    while (writer->bit_count >= 8) {
        if (writer->length == writer->capacity) {
            fail();
        }
        writer->bytes[writer->length++] = (u8)writer->bits;
        writer->bits >>= 8;
        writer->bit_count -= 8;
    }
}

static inline void put_bits(BitWriter *writer, u32 value, u32 count) {
    writer->bits |= (u64)value << writer->bit_count;
    writer->bit_count += count;
    if (writer->bit_count > 32) {
        flush_bytes(writer);
    }
}

static void align_to_byte(BitWriter *writer) {
    put_bits(writer, 0, -writer->bit_count & 7);
    flush_bytes(writer);
}

static u32 reverse_bits(u32 value, u32 count) {
    u32 reversed = 0;
    for (u32 i = 0; i < count; i++) {
        reversed = reversed << 1 | (value >> i & 1);
    }
    return reversed;
}

// ---- Huffman codes of limited length -----------------------------------------------------------------------------

typedef struct {
    u8 lengths[LITERALS + 2];
    u16 codes[LITERALS + 2];
} Code;

// Codes in the order that the format demands, reversed as they are written.
static void assign_codes(Code *code, u32 symbols) {
    u32 counts[MAXIMUM_BITS + 1] = {0}, next[MAXIMUM_BITS + 2] = {0};
    for (u32 i = 0; i < symbols; i++) {
        counts[code->lengths[i]]++;
    }
    counts[0] = 0;
    for (u32 bits = 1; bits <= MAXIMUM_BITS; bits++) {
        next[bits + 1] = (next[bits] + counts[bits]) << 1;
    }
    for (u32 i = 0; i < symbols; i++) {
        u32 length = code->lengths[i];
        if (length) {
            code->codes[i] = (u16)reverse_bits(next[length]++, length);
        }
    }
}

typedef struct {
    u32 weight;
    i16 symbol;        // Of a leaf, or -1.
    i16 left, right;   // Of a pair: positions in the list one level below.
} Package;

enum { MAXIMUM_PACKAGES = 2 * (LITERALS + 2) };

static void sort_packages(Package *packages, u32 count) {
    for (u32 gap = count / 2; gap; gap /= 2) {
        for (u32 i = gap; i < count; i++) {
            Package package = packages[i];
            u32 j = i;
            for (; j >= gap && packages[j - gap].weight > package.weight; j -= gap) {
                packages[j] = packages[j - gap];
            }
            packages[j] = package;
        }
    }
}

static void count_leaves(Package (*levels)[MAXIMUM_PACKAGES], u32 level, u32 index, u8 *lengths) {
    const Package *package = &levels[level][index];
    if (package->symbol >= 0) {
        lengths[package->symbol]++;
        return;
    }
    count_leaves(levels, level - 1, (u32)package->left, lengths);
    count_leaves(levels, level - 1, (u32)package->right, lengths);
}

// The best lengths under a limit, by packages: each level merges the leaves with pairs of the level below.
static void find_lengths(const u32 *frequencies, u32 symbols, u32 limit, u8 *lengths) {
    static Package leaves[LITERALS + 2], levels[MAXIMUM_BITS][MAXIMUM_PACKAGES];
    u32 counts[MAXIMUM_BITS], leaf_count = 0;
    zero_bytes(lengths, symbols);
    for (u32 i = 0; i < symbols; i++) {
        if (frequencies[i]) {
            leaves[leaf_count++] = (Package){frequencies[i], (i16)i, 0, 0};
        }
    }
    if (leaf_count < 2) {
        lengths[leaf_count ? leaves[0].symbol : 0] = 1;
        return;
    }
    sort_packages(leaves, leaf_count);
    for (u32 level = 0; level < limit; level++) {
        u32 pairs = level ? counts[level - 1] / 2 : 0, leaf = 0, pair = 0, count = 0;
        while (leaf < leaf_count || pair < pairs) {
            u32 weight = 0;
            if (pair < pairs) {
                weight = levels[level - 1][pair * 2].weight + levels[level - 1][pair * 2 + 1].weight;
            }
            if (leaf < leaf_count && (pair == pairs || leaves[leaf].weight <= weight)) {
                levels[level][count++] = leaves[leaf++];
            } else {
                levels[level][count++] = (Package){weight, -1, (i16)(pair * 2), (i16)(pair * 2 + 1)};
                pair++;
            }
        }
        counts[level] = count;
    }
    for (u32 i = 0; i < 2 * leaf_count - 2; i++) {
        count_leaves(levels, limit - 1, i, lengths);
    }
}

// ---- compressor --------------------------------------------------------------------------------------------------

typedef struct {
    u16 length; // Zero for a literal.
    u16 value;  // The literal or distance.
} Token;

enum { BLOCK_TOKENS = 16384, HASH_BITS = 15 };

typedef struct {
    const u8 *data;
    u32 length;
    BitWriter output;
    i32 head[1 << HASH_BITS];
    i32 previous[WINDOW];
    Token tokens[BLOCK_TOKENS];
    u32 token_count;
    u32 block_start, position;
    u32 literal_frequencies[LITERALS + 2];
    u32 distance_frequencies[DISTANCES];
    u32 chain_limit, lazy_limit, good_length;
    u8 length_symbols[MAXIMUM_MATCH + 1];
} Compressor;

static const struct {
    u16 chain, lazy, good;
} levels[10] = {
    {0, 0, 0}, {4, 0, 8}, {6, 0, 16}, {16, 0, 32}, {16, 4, 16}, {32, 16, 32}, {128, 16, 128}, {256, 32, 128},
    {1024, 128, 258}, {4096, 258, 258},
};

static inline u32 hash_at(const u8 *data) {
    u32 value = data[0] | (u32)data[1] << 8 | (u32)data[2] << 16;
    return value * 2654435761u >> (32 - HASH_BITS);
}

static u32 distance_symbol(u32 distance) {
    if (distance <= 4) {
        return distance - 1;
    }
    u32 bits = 31 - (u32)__builtin_clz(distance - 1);
    return bits * 2 + ((distance - 1) >> (bits - 1) & 1);
}

static void insert(Compressor *compressor, u32 position) {
    if (position + MINIMUM_MATCH <= compressor->length) {
        u32 hash = hash_at(compressor->data + position);
        compressor->previous[position & (WINDOW - 1)] = compressor->head[hash];
        compressor->head[hash] = (i32)position;
    }
}

static u32 match_length(const u8 *one, const u8 *other, u32 limit) {
    u32 length = 0;
    while (length + 8 <= limit) {
        u64 a, b;
        copy_bytes(&a, one + length, 8);
        copy_bytes(&b, other + length, 8);
        if (a != b) {
            return length + (u32)__builtin_ctzll(a ^ b) / 8;
        }
        length += 8;
    }
    while (length < limit && one[length] == other[length]) {
        length++;
    }
    return length;
}

static u32 find_match(Compressor *compressor, u32 position, u32 better_than, u32 *distance) {
    u32 limit = compressor->length - position;
    if (limit < MINIMUM_MATCH) {
        return 0;
    }
    if (limit > MAXIMUM_MATCH) {
        limit = MAXIMUM_MATCH;
    }
    const u8 *here = compressor->data + position;
    u32 best = better_than, chain = compressor->chain_limit;
    if (best >= compressor->good_length) {
        chain /= 4;
    }
    i32 candidate = compressor->head[hash_at(here)];
    i32 oldest = (i32)position - WINDOW;
    for (; candidate >= 0 && candidate > oldest && chain; chain--) {
        const u8 *there = compressor->data + candidate;
        if (best >= limit) {
            break;
        }
        if (there[best] == here[best]) {
            u32 length = match_length(here, there, limit);
            if (length > best) {
                best = length;
                *distance = position - (u32)candidate;
            }
        }
        candidate = compressor->previous[candidate & (WINDOW - 1)];
    }
    return best > better_than && best >= MINIMUM_MATCH ? best : 0;
}

static void put_symbol(BitWriter *output, const Code *code, u32 symbol) {
    put_bits(output, code->codes[symbol], code->lengths[symbol]);
}

static void put_tokens(Compressor *compressor, const Code *literals, const Code *distances) {
    BitWriter *output = &compressor->output;
    for (u32 i = 0; i < compressor->token_count; i++) {
        Token token = compressor->tokens[i];
        if (!token.length) {
            put_symbol(output, literals, token.value);
            continue;
        }
        u32 symbol = compressor->length_symbols[token.length];
        put_symbol(output, literals, 257 + symbol);
        put_bits(output, token.length - length_base[symbol], length_extra[symbol]);
        symbol = distance_symbol(token.value);
        put_symbol(output, distances, symbol);
        put_bits(output, token.value - distance_base[symbol], distance_extra[symbol]);
    }
    put_symbol(output, literals, END_OF_BLOCK);
}

typedef struct {
    u8 symbol, extra;
} LengthToken;

// Runs of lengths, as the header of a block has them.
static u32 pack_lengths(const u8 *lengths, u32 count, LengthToken *tokens) {
    u32 packed = 0;
    for (u32 i = 0; i < count;) {
        u8 length = lengths[i];
        u32 run = 1;
        while (i + run < count && lengths[i + run] == length) {
            run++;
        }
        i += run;
        if (length == 0) {
            for (; run >= 11; run -= run < 138 ? run : 138) {
                tokens[packed++] = (LengthToken){18, (u8)((run < 138 ? run : 138) - 11)};
            }
            if (run >= 3) {
                tokens[packed++] = (LengthToken){17, (u8)(run - 3)};
                run = 0;
            }
        } else {
            tokens[packed++] = (LengthToken){length, 0};
            for (run--; run >= 3; run -= run < 6 ? run : 6) {
                tokens[packed++] = (LengthToken){16, (u8)((run < 6 ? run : 6) - 3)};
            }
        }
        while (run--) {
            tokens[packed++] = (LengthToken){length, 0};
        }
    }
    return packed;
}

static u32 extra_of(u32 symbol) {
    return symbol == 16 ? 2 : symbol == 17 ? 3 : symbol == 18 ? 7 : 0;
}

typedef struct {
    Code code;
    LengthToken tokens[LITERALS + DISTANCES];
    u32 token_count, literal_count, distance_count, code_count;
    u32 bits;
} Header;

static void make_header(Header *header, const Code *literals, const Code *distances) {
    u8 lengths[LITERALS + DISTANCES];
    u32 frequencies[CODE_LENGTHS] = {0};
    header->literal_count = LITERALS;
    while (header->literal_count > 257 && !literals->lengths[header->literal_count - 1]) {
        header->literal_count--;
    }
    header->distance_count = DISTANCES;
    while (header->distance_count > 1 && !distances->lengths[header->distance_count - 1]) {
        header->distance_count--;
    }
    copy_bytes(lengths, literals->lengths, header->literal_count);
    copy_bytes(lengths + header->literal_count, distances->lengths, header->distance_count);
    header->token_count = pack_lengths(lengths, header->literal_count + header->distance_count, header->tokens);
    for (u32 i = 0; i < header->token_count; i++) {
        frequencies[header->tokens[i].symbol]++;
    }
    find_lengths(frequencies, CODE_LENGTHS, 7, header->code.lengths);
    assign_codes(&header->code, CODE_LENGTHS);
    header->code_count = CODE_LENGTHS;
    while (header->code_count > 4 && !header->code.lengths[code_length_order[header->code_count - 1]]) {
        header->code_count--;
    }
    header->bits = 14 + 3 * header->code_count;
    for (u32 i = 0; i < header->token_count; i++) {
        u32 symbol = header->tokens[i].symbol;
        header->bits += header->code.lengths[symbol] + extra_of(symbol);
    }
}

static void put_header(BitWriter *output, const Header *header) {
    put_bits(output, header->literal_count - 257, 5);
    put_bits(output, header->distance_count - 1, 5);
    put_bits(output, header->code_count - 4, 4);
    for (u32 i = 0; i < header->code_count; i++) {
        put_bits(output, header->code.lengths[code_length_order[i]], 3);
    }
    for (u32 i = 0; i < header->token_count; i++) {
        put_symbol(output, &header->code, header->tokens[i].symbol);
        put_bits(output, header->tokens[i].extra, extra_of(header->tokens[i].symbol));
    }
}

static void make_fixed(Code *literals, Code *distances) {
    for (u32 i = 0; i < LITERALS + 2; i++) {
        literals->lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    }
    assign_codes(literals, LITERALS + 2);
    for (u32 i = 0; i < DISTANCES; i++) {
        distances->lengths[i] = 5;
    }
    assign_codes(distances, DISTANCES);
}

static u32 cost_of(const Compressor *compressor, const Code *literals, const Code *distances) {
    u32 bits = 0;
    for (u32 i = 0; i < LITERALS; i++) {
        bits += compressor->literal_frequencies[i] * (literals->lengths[i] + (i > 256 ? length_extra[i - 257] : 0));
    }
    for (u32 i = 0; i < DISTANCES; i++) {
        bits += compressor->distance_frequencies[i] * (distances->lengths[i] + distance_extra[i]);
    }
    return bits;
}

static void put_stored(Compressor *compressor, u32 end, int last) {
    BitWriter *output = &compressor->output;
    u32 start = compressor->block_start;
    do {
        u32 bytes = end - start < 65535 ? end - start : 65535;
        put_bits(output, last && start + bytes == end, 1);
        put_bits(output, 0, 2);
        align_to_byte(output);
        put_bits(output, bytes, 16);
        put_bits(output, bytes ^ 0xFFFF, 16);
        flush_bytes(output);
        if (output->length + bytes > output->capacity) {
            fail();
        }
        copy_bytes(output->bytes + output->length, compressor->data + start, bytes);
        output->length += bytes;
        start += bytes;
    } while (start < end);
}

static void end_block(Compressor *compressor, u32 end, int last) {
    Code literals = {0}, distances = {0}, fixed_literals = {0}, fixed_distances = {0};
    Header header = {0};
    compressor->literal_frequencies[END_OF_BLOCK] = 1;
    find_lengths(compressor->literal_frequencies, LITERALS, MAXIMUM_BITS, literals.lengths);
    find_lengths(compressor->distance_frequencies, DISTANCES, MAXIMUM_BITS, distances.lengths);
    assign_codes(&literals, LITERALS);
    assign_codes(&distances, DISTANCES);
    make_header(&header, &literals, &distances);
    make_fixed(&fixed_literals, &fixed_distances);
    u32 dynamic = header.bits + cost_of(compressor, &literals, &distances);
    u32 fixed = cost_of(compressor, &fixed_literals, &fixed_distances);
    u32 stored = (end - compressor->block_start) * 8 + 40;
    if (stored < dynamic && stored < fixed) {
        put_stored(compressor, end, last);
    } else {
        put_bits(&compressor->output, (u32)last, 1);
        put_bits(&compressor->output, fixed <= dynamic ? 1 : 2, 2);
        if (fixed <= dynamic) {
            put_tokens(compressor, &fixed_literals, &fixed_distances);
        } else {
            put_header(&compressor->output, &header);
            put_tokens(compressor, &literals, &distances);
        }
    }
    compressor->token_count = 0;
    compressor->block_start = end;
    zero_bytes(compressor->literal_frequencies, sizeof compressor->literal_frequencies);
    zero_bytes(compressor->distance_frequencies, sizeof compressor->distance_frequencies);
}

static void add_token(Compressor *compressor, u32 length, u32 value, u32 end) {
    compressor->tokens[compressor->token_count++] = (Token){(u16)length, (u16)value};
    if (length) {
        compressor->literal_frequencies[257 + compressor->length_symbols[length]]++;
        compressor->distance_frequencies[distance_symbol(value)]++;
    } else {
        compressor->literal_frequencies[value]++;
    }
    if (compressor->token_count == BLOCK_TOKENS) {
        end_block(compressor, end, 0);
    }
}

static void compress_matches(Compressor *compressor) {
    u32 position = 0;
    while (position < compressor->length) {
        u32 distance = 0, length = find_match(compressor, position, MINIMUM_MATCH - 1, &distance);
        insert(compressor, position);
        if (!length) {
            add_token(compressor, 0, compressor->data[position], position + 1);
            position++;
            continue;
        }
        // A longer match one byte later is worth a literal.
        while (length < compressor->lazy_limit && position + 1 < compressor->length) {
            u32 later_distance = 0, later = find_match(compressor, position + 1, length, &later_distance);
            if (!later) {
                break;
            }
            add_token(compressor, 0, compressor->data[position], position + 1);
            position++;
            insert(compressor, position);
            length = later;
            distance = later_distance;
        }
        for (u32 i = 1; i < length; i++) {
            insert(compressor, position + i);
        }
        position += length;
        add_token(compressor, length, distance, position);
    }
}

static BitWriter compress(const u8 *data, u32 length, u32 level) {
    Compressor *compressor = allocate(sizeof(Compressor));
    zero_bytes(compressor, sizeof *compressor);
    compressor->data = data;
    compressor->length = length;
    compressor->output.capacity = length + length / 8 + 1024;
    compressor->output.bytes = allocate(compressor->output.capacity);
    compressor->chain_limit = levels[level].chain;
    compressor->lazy_limit = levels[level].lazy;
    compressor->good_length = levels[level].good;
    for (u32 i = 0; i < COUNT(compressor->head); i++) {
        compressor->head[i] = -1;
    }
    for (u32 symbol = 0; symbol < 29; symbol++) {
        for (u32 i = 0; i < 1u << length_extra[symbol] && length_base[symbol] + i <= MAXIMUM_MATCH; i++) {
            compressor->length_symbols[length_base[symbol] + i] = (u8)symbol;
        }
    }
    if (level) {
        compress_matches(compressor);
        end_block(compressor, length, 1);
    } else {
        put_stored(compressor, length, 1);
    }
    align_to_byte(&compressor->output);
    return compressor->output;
}

// ---- expander ----------------------------------------------------------------------------------------------------

enum { TABLE_BITS = 10 };

// A code of up to TABLE_BITS is found in one step; a longer one by walking on from there.
typedef struct {
    u16 table[1 << TABLE_BITS]; // Symbol << 4 | length; zero for a longer code.
    u16 counts[MAXIMUM_BITS + 1], symbols[LITERALS + 2];
} Decoder;

typedef enum {
    EXPAND_OK,
    EXPAND_END,
    EXPAND_BLOCK,
    EXPAND_STORED,
    EXPAND_CODE,
    EXPAND_SYMBOL,
    EXPAND_DISTANCE,
    EXPAND_SIZE,
} ExpandError;

typedef struct {
    const u8 *at, *end;
    u64 bits;
    u32 bit_count;
    u8 *output;
    u32 length, capacity;
    ExpandError error;
} Expander;

static inline void refill(Expander *expander) {
    if (expander->end - expander->at >= 8) {
        u64 next;
        copy_bytes(&next, expander->at, 8);
        expander->bits |= next << expander->bit_count;
        u32 taken = (63 - expander->bit_count) / 8;
        expander->at += taken;
        expander->bit_count += taken * 8;
        return;
    }
    while (expander->bit_count <= 56 && expander->at < expander->end) {
        expander->bits |= (u64)*expander->at++ << expander->bit_count;
        expander->bit_count += 8;
    }
}

static inline u32 take_bits(Expander *expander, u32 count) {
    if (expander->bit_count < count) {
        refill(expander);
        if (expander->bit_count < count) {
            expander->error = EXPAND_END;
            return 0;
        }
    }
    u32 value = (u32)(expander->bits & ((1ull << count) - 1));
    expander->bits >>= count;
    expander->bit_count -= count;
    return value;
}

// False if the lengths do not make a code.
static int make_decoder(Decoder *decoder, const u8 *lengths, u32 symbols) {
    u16 offsets[MAXIMUM_BITS + 1];
    zero_bytes(decoder, sizeof *decoder);
    for (u32 i = 0; i < symbols; i++) {
        decoder->counts[lengths[i]]++;
    }
    decoder->counts[0] = 0;
    i32 left = 1;
    for (u32 bits = 1; bits <= MAXIMUM_BITS; bits++) {
        left = left * 2 - decoder->counts[bits];
        if (left < 0) {
            return 0;
        }
    }
    offsets[1] = 0;
    for (u32 bits = 1; bits < MAXIMUM_BITS; bits++) {
        offsets[bits + 1] = offsets[bits] + decoder->counts[bits];
    }
    for (u32 i = 0; i < symbols; i++) {
        if (lengths[i]) {
            decoder->symbols[offsets[lengths[i]]++] = (u16)i;
        }
    }
    u32 code = 0, index = 0;
    for (u32 bits = 1; bits <= TABLE_BITS; bits++) {
        for (u32 i = 0; i < decoder->counts[bits]; i++, code++, index++) {
            for (u32 slot = reverse_bits(code, bits); slot < 1 << TABLE_BITS; slot += 1u << bits) {
                decoder->table[slot] = (u16)(decoder->symbols[index] << 4 | bits);
            }
        }
        code <<= 1;
    }
    return 1;
}

static u32 take_symbol(Expander *expander, const Decoder *decoder) {
    if (expander->bit_count < MAXIMUM_BITS) {
        refill(expander);
    }
    u32 entry = decoder->table[expander->bits & ((1 << TABLE_BITS) - 1)];
    if (entry && (entry & 15) <= expander->bit_count) {
        expander->bits >>= entry & 15;
        expander->bit_count -= entry & 15;
        return entry >> 4;
    }
    i32 code = 0, first = 0, index = 0;
    for (u32 bits = 1; bits <= MAXIMUM_BITS; bits++) {
        code |= (i32)take_bits(expander, 1);
        i32 count = decoder->counts[bits];
        if (expander->error) {
            return 0;
        }
        if (code - count < first) {
            return decoder->symbols[index + code - first];
        }
        index += count;
        first = (first + count) << 1;
        code <<= 1;
    }
    expander->error = EXPAND_SYMBOL;
    return 0;
}

static void expand_stored(Expander *expander) {
    take_bits(expander, expander->bit_count & 7);
    u32 bytes = take_bits(expander, 16), complement = take_bits(expander, 16);
    if (expander->error) {
        return;
    }
    if (bytes != (complement ^ 0xFFFF)) {
        expander->error = EXPAND_STORED;
        return;
    }
    // Whole bytes that were read ahead go back.
    expander->at -= expander->bit_count / 8;
    expander->bits = 0;
    expander->bit_count = 0;
    if ((u32)(expander->end - expander->at) < bytes || expander->capacity - expander->length < bytes) {
        expander->error = EXPAND_SIZE;
        return;
    }
    copy_bytes(expander->output + expander->length, expander->at, bytes);
    expander->length += bytes;
    expander->at += bytes;
}

static void copy_match(u8 *target, u32 distance, u32 length) {
    const u8 *source = target - distance;
    if (distance >= length) {
        copy_bytes(target, source, length);
        return;
    }
    while (length--) {
        *target++ = *source++;
    }
}

static void expand_codes(Expander *expander, const Decoder *literals, const Decoder *distances) {
    while (!expander->error) {
        u32 symbol = take_symbol(expander, literals);
        if (symbol < 256) {
            if (expander->length == expander->capacity) {
                expander->error = EXPAND_SIZE;
                return;
            }
            expander->output[expander->length++] = (u8)symbol;
            continue;
        }
        if (symbol == END_OF_BLOCK) {
            return;
        }
        symbol -= 257;
        if (symbol >= COUNT(length_base)) {
            expander->error = EXPAND_SYMBOL;
            return;
        }
        u32 length = length_base[symbol] + take_bits(expander, length_extra[symbol]);
        symbol = take_symbol(expander, distances);
        if (symbol >= DISTANCES) {
            expander->error = EXPAND_SYMBOL;
            return;
        }
        u32 distance = distance_base[symbol] + take_bits(expander, distance_extra[symbol]);
        if (distance > expander->length) {
            expander->error = EXPAND_DISTANCE;
            return;
        }
        if (expander->capacity - expander->length < length) {
            expander->error = EXPAND_SIZE;
            return;
        }
        copy_match(expander->output + expander->length, distance, length);
        expander->length += length;
    }
}

static int read_lengths(Expander *expander, const Decoder *decoder, u8 *lengths, u32 count) {
    for (u32 i = 0; i < count && !expander->error;) {
        u32 symbol = take_symbol(expander, decoder), run = 1;
        u8 length = (u8)symbol;
        if (symbol == 16) {
            if (!i) {
                return 0;
            }
            length = lengths[i - 1];
            run = 3 + take_bits(expander, 2);
        } else if (symbol >= 17) {
            length = 0;
            run = symbol == 17 ? 3 + take_bits(expander, 3) : 11 + take_bits(expander, 7);
        }
        if (i + run > count) {
            return 0;
        }
        while (run--) {
            lengths[i++] = length;
        }
    }
    return 1;
}

static void expand_dynamic(Expander *expander, Decoder *literals, Decoder *distances) {
    u8 lengths[LITERALS + 2 + DISTANCES + 2] = {0}, code_lengths[CODE_LENGTHS] = {0};
    u32 literal_count = take_bits(expander, 5) + 257, distance_count = take_bits(expander, 5) + 1;
    u32 code_count = take_bits(expander, 4) + 4;
    if (literal_count > LITERALS || distance_count > DISTANCES) {
        expander->error = EXPAND_CODE;
        return;
    }
    for (u32 i = 0; i < code_count; i++) {
        code_lengths[code_length_order[i]] = (u8)take_bits(expander, 3);
    }
    if (!make_decoder(literals, code_lengths, CODE_LENGTHS) ||
        !read_lengths(expander, literals, lengths, literal_count + distance_count) ||
        !make_decoder(literals, lengths, literal_count) ||
        !make_decoder(distances, lengths + literal_count, distance_count)) {
        expander->error = EXPAND_CODE;
        return;
    }
    expand_codes(expander, literals, distances);
}

static ExpandError expand(const u8 *data, u32 length, u8 *output, u32 capacity, u32 *produced) {
    static Decoder literals, distances;
    Expander expander = {.at = data, .end = data + length, .output = output, .capacity = capacity};
    int last = 0;
    while (!last && !expander.error) {
        last = (int)take_bits(&expander, 1);
        switch (take_bits(&expander, 2)) {
        case 0:
            expand_stored(&expander);
            break;
        case 1: {
            Code literal_code = {0}, distance_code = {0};
            make_fixed(&literal_code, &distance_code);
            make_decoder(&literals, literal_code.lengths, LITERALS + 2);
            make_decoder(&distances, distance_code.lengths, DISTANCES);
            expand_codes(&expander, &literals, &distances);
            break;
        }
        case 2:
            expand_dynamic(&expander, &literals, &distances);
            break;
        default:
            expander.error = expander.error ? expander.error : EXPAND_BLOCK;
        }
    }
    *produced = expander.length;
    return expander.error;
}

// ---- workload ----------------------------------------------------------------------------------------------------

static const char *const words[] = {
    "the", "of", "module", "memory", "value", "stack", "function", "import", "export", "table", "block", "loop", "if",
    "branch", "trap", "engine", "compile", "plugin", "host", "guest", "limit", "fuel", "call", "return", "type", "push",
};

static void fill_text(u8 *data, u32 length) {
    for (u32 i = 0; i < length;) {
        // The product of two makes some words far more frequent than others.
        const char *word = words[random_below(COUNT(words)) * random_below(COUNT(words)) / COUNT(words)];
        while (*word && i < length) {
            data[i++] = (u8)*word++;
        }
        if (i < length) {
            data[i++] = random_below(12) ? ' ' : random_below(3) ? ',' : '\n';
        }
    }
}

static void fill_records(u8 *data, u32 length) {
    u32 time = 1700000000;
    for (u32 i = 0; i < length; i++) {
        switch (i % 16) {
        case 0:
            time += random_below(60);
            data[i] = (u8)time;
            break;
        case 1:
        case 2:
        case 3:
            data[i] = (u8)(time >> (i % 16 * 8));
            break;
        case 4:
            data[i] = (u8)random_below(4);
            break;
        default:
            data[i] = i % 16 < 10 ? (u8)random_below(16) : i % 16 < 14 ? 0 : (u8)(i >> 8);
        }
    }
}

static void fill_noise(u8 *data, u32 length) {
    for (u32 i = 0; i < length; i++) {
        data[i] = (u8)(random_next() >> 11);
    }
}

static void fill_waves(u8 *data, u32 length) {
    i32 level = 128, slope = 3;
    for (u32 i = 0; i < length; i++) {
        level += slope + (i32)random_below(3) - 1;
        slope += level > 128 ? -1 : 1;
        data[i] = (u8)(level < 0 ? 0 : level > 255 ? 255 : level);
    }
}

// Damaged data ends with an error or other bytes, but it ends.
static u32 expand_damaged(const BitWriter *packed, u8 *output, u32 length) {
    u8 *damaged = allocate(packed->length);
    u32 hash = 0;
    for (u32 round = 0; round < 8; round++) {
        copy_bytes(damaged, packed->bytes, packed->length);
        damaged[random_below(packed->length)] ^= (u8)(1 + random_below(255));
        u32 produced;
        u32 left = packed->length - random_below(2) * (packed->length / 2);
        ExpandError error = expand(damaged, left, output, length, &produced);
        hash = hash * 31 + error * 7 + produced;
    }
    return hash;
}

EXPORT(run_deflate) double run_deflate(int kilobytes) {
    static void (*const fills[])(u8 *, u32) = {fill_text, fill_records, fill_noise, fill_waves};
    static const u8 used_levels[] = {0, 1, 4, 6, 9};
    u32 length = (u32)kilobytes * 1024, checksum = 0;
    heap_used = 0;
    random_state = 0x1234567;
    make_crc_tables();
    u8 *data = allocate(length), *output = allocate(length);
    for (int i = 0; i < COUNT(fills); i++) {
        fills[i](data, length);
        for (int j = 0; j < COUNT(used_levels); j++) {
            u32 mark = heap_used, produced;
            BitWriter packed = compress(data, length, used_levels[j]);
            ExpandError error = expand(packed.bytes, packed.length, output, length, &produced);
            if (error || produced != length || crc_of(output, length) != crc_of(data, length)) {
                return -(1 + i * 10 + j);
            }
            checksum = checksum * 31 + crc_of(packed.bytes, packed.length) + packed.length;
            checksum ^= adler_of(output, length) + expand_damaged(&packed, output, length);
            heap_used = mark;
        }
    }
    return checksum;
}
