// A JSON document model: parser, writer, pointers, patches, comparison; and a workload that makes documents of orders,
// writes them, reads them back, changes them and compares.
#include "guest.h"

// ---- values ------------------------------------------------------------------------------------------------------

typedef enum { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT } Kind;

typedef struct {
    u32 length;
    u32 hash;
    char *bytes;
} Text;

typedef struct Value Value;
typedef struct Member Member;

typedef struct {
    u32 count, capacity;
    Value **items;
} Array;

typedef struct {
    u32 count, capacity;
    Member *members;
    u32 *index; // Positions plus one by hash, once there are many members.
    u32 index_size;
} Object;

struct Value {
    Kind kind;
    union {
        double number;
        Text text;
        Array array;
        Object object;
    };
};

struct Member {
    Text name;
    Value *value;
};

enum { INDEXED_FROM = 9 };

static Value *new_value(Kind kind) {
    Value *value = allocate(sizeof(Value));
    zero_bytes(value, sizeof *value);
    value->kind = kind;
    return value;
}

static Value *new_number(double number) {
    Value *value = new_value(JSON_NUMBER);
    value->number = number;
    return value;
}

static Text text_of(const char *bytes, u32 length) {
    Text text = {length, hash_bytes(bytes, length), allocate(length + 1)};
    copy_bytes(text.bytes, bytes, length);
    text.bytes[length] = 0;
    return text;
}

static Value *new_string(const char *bytes, u32 length) {
    Value *value = new_value(JSON_STRING);
    value->text = text_of(bytes, length);
    return value;
}

static int same_text(const Text *one, const Text *other) {
    return one->length == other->length && one->hash == other->hash &&
        same_bytes(one->bytes, other->bytes, one->length);
}

static void append(Array *array, Value *item) {
    if (array->count == array->capacity) {
        u32 capacity = array->capacity ? array->capacity * 2 : 4;
        Value **items = allocate(capacity * sizeof *items);
        copy_bytes(items, array->items, array->count * sizeof *items);
        array->items = items;
        array->capacity = capacity;
    }
    array->items[array->count++] = item;
}

static void index_member(Object *object, u32 position) {
    u32 slot = object->members[position].name.hash & (object->index_size - 1);
    while (object->index[slot]) {
        slot = (slot + 1) & (object->index_size - 1);
    }
    object->index[slot] = position + 1;
}

static void make_index(Object *object, u32 slots) {
    object->index_size = slots;
    object->index = allocate(slots * sizeof *object->index);
    zero_bytes(object->index, slots * sizeof *object->index);
    for (u32 i = 0; i < object->count; i++) {
        index_member(object, i);
    }
}

static Member *find_member(const Object *object, const Text *name) {
    if (!object->index) {
        for (u32 i = 0; i < object->count; i++) {
            if (same_text(&object->members[i].name, name)) {
                return &object->members[i];
            }
        }
        return 0;
    }
    for (u32 slot = name->hash & (object->index_size - 1); object->index[slot];
         slot = (slot + 1) & (object->index_size - 1)) {
        Member *member = &object->members[object->index[slot] - 1];
        if (same_text(&member->name, name)) {
            return member;
        }
    }
    return 0;
}

static void set_member(Object *object, Text name, Value *value) {
    Member *existing = find_member(object, &name);
    if (existing) {
        existing->value = value;
        return;
    }
    if (object->count == object->capacity) {
        u32 capacity = object->capacity ? object->capacity * 2 : 4;
        Member *members = allocate(capacity * sizeof *members);
        copy_bytes(members, object->members, object->count * sizeof *members);
        object->members = members;
        object->capacity = capacity;
    }
    object->members[object->count++] = (Member){name, value};
    if (object->count >= INDEXED_FROM && object->count * 2 > object->index_size) {
        make_index(object, object->index_size ? object->index_size * 2 : 32);
    } else if (object->index) {
        index_member(object, object->count - 1);
    }
}

static void set(Value *object, const char *name, Value *value) {
    set_member(&object->object, text_of(name, length_of(name)), value);
}

static void remove_member(Object *object, const Text *name) {
    Member *member = find_member(object, name);
    if (!member) {
        return;
    }
    u32 position = (u32)(member - object->members);
    for (u32 i = position + 1; i < object->count; i++) {
        object->members[i - 1] = object->members[i];
    }
    object->count--;
    if (object->index) {
        make_index(object, object->index_size);
    }
}

// ---- numbers -----------------------------------------------------------------------------------------------------

static const double powers_of_ten[] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

static double scale(double number, int exponent) {
    while (exponent > 22) {
        number *= 1e22;
        exponent -= 22;
    }
    while (exponent < -22) {
        number /= 1e22;
        exponent += 22;
    }
    return exponent < 0 ? number / powers_of_ten[-exponent] : number * powers_of_ten[exponent];
}

static u32 write_unsigned(char *target, u64 number) {
    char reversed[24];
    u32 length = 0;
    do {
        reversed[length++] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    for (u32 i = 0; i < length; i++) {
        target[i] = reversed[length - 1 - i];
    }
    return length;
}

// Up to fifteen significant digits, which every double of that many digits survives.
static u32 write_number(char *target, double number) {
    u32 length = 0;
    if (number < 0) {
        target[length++] = '-';
        number = -number;
    }
    if (number < 1e15 && number == (double)(u64)number) {
        return length + write_unsigned(target + length, (u64)number);
    }
    int exponent = 0;
    while (scale(number, -exponent) >= 1e15) {
        exponent++;
    }
    while (scale(number, -exponent) < 1e14) {
        exponent--;
    }
    u64 digits = (u64)(scale(number, -exponent) + 0.5);
    while (digits % 10 == 0) {
        digits /= 10;
        exponent++;
    }
    char text[24];
    u32 count = write_unsigned(text, digits);
    int point = (int)count + exponent;
    if (point > 0 && point <= 15) {
        for (u32 i = 0; i < count; i++) {
            if ((int)i == point) {
                target[length++] = '.';
            }
            target[length++] = text[i];
        }
        return length;
    }
    if (point <= 0 && point > -5) {
        target[length++] = '0';
        target[length++] = '.';
        for (int i = point; i < 0; i++) {
            target[length++] = '0';
        }
        copy_bytes(target + length, text, count);
        return length + count;
    }
    target[length++] = text[0];
    if (count > 1) {
        target[length++] = '.';
        copy_bytes(target + length, text + 1, count - 1);
        length += count - 1;
    }
    target[length++] = 'e';
    if (point - 1 < 0) {
        target[length++] = '-';
    }
    return length + write_unsigned(target + length, (u64)(point - 1 < 0 ? 1 - point : point - 1));
}

// ---- parser ------------------------------------------------------------------------------------------------------

typedef enum {
    PARSE_OK,
    PARSE_END,
    PARSE_CHARACTER,
    PARSE_ESCAPE,
    PARSE_NUMBER,
    PARSE_UTF8,
    PARSE_DEPTH,
    PARSE_TRAILING,
} ParseError;

typedef struct {
    const u8 *at, *end;
    const u8 *start;
    ParseError error;
    u32 depth;
    char *scratch;
    u32 scratch_size;
} Parser;

enum { MAXIMUM_DEPTH = 200 };

static Value *parse_value(Parser *parser);

static Value *refuse(Parser *parser, ParseError error) {
    if (parser->error == PARSE_OK) {
        parser->error = error;
    }
    return 0;
}

static int peek(Parser *parser) {
    while (parser->at < parser->end) {
        u8 c = *parser->at;
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
            return c;
        }
        parser->at++;
    }
    return -1;
}

static int take(Parser *parser, int expected) {
    if (peek(parser) != expected) {
        refuse(parser, parser->at == parser->end ? PARSE_END : PARSE_CHARACTER);
        return 0;
    }
    parser->at++;
    return 1;
}

static int hex_digit(u8 c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int parse_hex(Parser *parser) {
    if (parser->end - parser->at < 4) {
        refuse(parser, PARSE_END);
        return -1;
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(*parser->at++);
        if (digit < 0) {
            refuse(parser, PARSE_ESCAPE);
            return -1;
        }
        value = value << 4 | digit;
    }
    return value;
}

static u32 encode_utf8(char *target, u32 scalar) {
    if (scalar < 0x80) {
        target[0] = (char)scalar;
        return 1;
    }
    if (scalar < 0x800) {
        target[0] = (char)(0xC0 | scalar >> 6);
        target[1] = (char)(0x80 | (scalar & 63));
        return 2;
    }
    if (scalar < 0x10000) {
        target[0] = (char)(0xE0 | scalar >> 12);
        target[1] = (char)(0x80 | (scalar >> 6 & 63));
        target[2] = (char)(0x80 | (scalar & 63));
        return 3;
    }
    target[0] = (char)(0xF0 | scalar >> 18);
    target[1] = (char)(0x80 | (scalar >> 12 & 63));
    target[2] = (char)(0x80 | (scalar >> 6 & 63));
    target[3] = (char)(0x80 | (scalar & 63));
    return 4;
}

// The length of a valid UTF-8 sequence, or 0.
static u32 utf8_length(const u8 *at, const u8 *end) {
    u32 lead = at[0], length, minimum, scalar;
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead < 0xE0) {
        length = 2, minimum = 0x80, scalar = lead & 31;
    } else if (lead >= 0xE0 && lead < 0xF0) {
        length = 3, minimum = 0x800, scalar = lead & 15;
    } else if (lead >= 0xF0 && lead < 0xF5) {
        length = 4, minimum = 0x10000, scalar = lead & 7;
    } else {
        return 0;
    }
    if ((u32)(end - at) < length) {
        return 0;
    }
    for (u32 i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return 0;
        }
        scalar = scalar << 6 | (at[i] & 63);
    }
    return scalar >= minimum && scalar <= 0x10FFFF && (scalar < 0xD800 || scalar > 0xDFFF) ? length : 0;
}

static int parse_escape(Parser *parser, char *target, u32 *length) {
    if (parser->at == parser->end) {
        refuse(parser, PARSE_END);
        return 0;
    }
    u8 c = *parser->at++;
    switch (c) {
    case '"':
    case '\\':
    case '/':
        target[(*length)++] = (char)c;
        return 1;
    case 'b':
        target[(*length)++] = '\b';
        return 1;
    case 'f':
        target[(*length)++] = '\f';
        return 1;
    case 'n':
        target[(*length)++] = '\n';
        return 1;
    case 'r':
        target[(*length)++] = '\r';
        return 1;
    case 't':
        target[(*length)++] = '\t';
        return 1;
    case 'u': {
        int unit = parse_hex(parser);
        if (unit < 0) {
            return 0;
        }
        u32 scalar = (u32)unit;
        if (scalar >= 0xD800 && scalar < 0xDC00) {
            if (parser->end - parser->at < 6 || parser->at[0] != '\\' || parser->at[1] != 'u') {
                refuse(parser, PARSE_ESCAPE);
                return 0;
            }
            parser->at += 2;
            int low = parse_hex(parser);
            if (low < 0xDC00 || low > 0xDFFF) {
                refuse(parser, PARSE_ESCAPE);
                return 0;
            }
            scalar = 0x10000 + ((scalar - 0xD800) << 10) + ((u32)low - 0xDC00);
        } else if (scalar >= 0xDC00 && scalar < 0xE000) {
            refuse(parser, PARSE_ESCAPE);
            return 0;
        }
        *length += encode_utf8(target + *length, scalar);
        return 1;
    }
    default:
        refuse(parser, PARSE_ESCAPE);
        return 0;
    }
}

static int parse_text(Parser *parser, Text *text) {
    if (!take(parser, '"')) {
        return 0;
    }
    // Escapes only shrink, so the rest of the input is room enough.
    u32 length = 0;
    char *target = parser->scratch;
    while (parser->at < parser->end) {
        u8 c = *parser->at;
        if (c == '"') {
            parser->at++;
            *text = text_of(target, length);
            return 1;
        }
        if (c < 0x20) {
            break;
        }
        if (length + 8 > parser->scratch_size) {
            fail();
        }
        if (c == '\\') {
            parser->at++;
            if (!parse_escape(parser, target, &length)) {
                return 0;
            }
        } else if (c < 0x80) {
            target[length++] = (char)c;
            parser->at++;
        } else {
            u32 bytes = utf8_length(parser->at, parser->end);
            if (!bytes) {
                refuse(parser, PARSE_UTF8);
                return 0;
            }
            copy_bytes(target + length, parser->at, bytes);
            length += bytes;
            parser->at += bytes;
        }
    }
    refuse(parser, parser->at == parser->end ? PARSE_END : PARSE_CHARACTER);
    return 0;
}

static int is_digit(Parser *parser) {
    return parser->at < parser->end && *parser->at >= '0' && *parser->at <= '9';
}

static Value *parse_number(Parser *parser) {
    int negative = 0, exponent = 0, digits = 0;
    u64 mantissa = 0;
    if (*parser->at == '-') {
        negative = 1;
        parser->at++;
    }
    if (!is_digit(parser)) {
        return refuse(parser, PARSE_NUMBER);
    }
    if (*parser->at == '0' && parser->at + 1 < parser->end && parser->at[1] >= '0' && parser->at[1] <= '9') {
        return refuse(parser, PARSE_NUMBER);
    }
    for (; is_digit(parser); parser->at++) {
        if (digits < 18) {
            mantissa = mantissa * 10 + (*parser->at - '0');
            digits += mantissa != 0;
        } else {
            exponent++;
        }
    }
    if (parser->at < parser->end && *parser->at == '.') {
        parser->at++;
        if (!is_digit(parser)) {
            return refuse(parser, PARSE_NUMBER);
        }
        for (; is_digit(parser); parser->at++) {
            if (digits < 18) {
                mantissa = mantissa * 10 + (*parser->at - '0');
                digits += mantissa != 0;
                exponent--;
            }
        }
    }
    if (parser->at < parser->end && (*parser->at | 32) == 'e') {
        parser->at++;
        int sign = 1, written = 0;
        if (parser->at < parser->end && (*parser->at == '+' || *parser->at == '-')) {
            sign = *parser->at++ == '-' ? -1 : 1;
        }
        if (!is_digit(parser)) {
            return refuse(parser, PARSE_NUMBER);
        }
        for (; is_digit(parser); parser->at++) {
            written = written < 1000 ? written * 10 + (*parser->at - '0') : written;
        }
        exponent += sign * written;
    }
    double number = scale((double)mantissa, exponent);
    return new_number(negative ? -number : number);
}

static Value *parse_word(Parser *parser, const char *word, Kind kind) {
    u32 length = length_of(word);
    if ((u32)(parser->end - parser->at) < length || !same_bytes(parser->at, word, length)) {
        return refuse(parser, PARSE_CHARACTER);
    }
    parser->at += length;
    return new_value(kind);
}

static Value *parse_array(Parser *parser) {
    Value *array = new_value(JSON_ARRAY);
    parser->at++;
    if (peek(parser) == ']') {
        parser->at++;
        return array;
    }
    for (;;) {
        Value *item = parse_value(parser);
        if (!item) {
            return 0;
        }
        append(&array->array, item);
        if (peek(parser) != ',') {
            return take(parser, ']') ? array : 0;
        }
        parser->at++;
    }
}

static Value *parse_object(Parser *parser) {
    Value *object = new_value(JSON_OBJECT);
    parser->at++;
    if (peek(parser) == '}') {
        parser->at++;
        return object;
    }
    for (;;) {
        Text name;
        if (!parse_text(parser, &name) || !take(parser, ':')) {
            return 0;
        }
        Value *value = parse_value(parser);
        if (!value) {
            return 0;
        }
        set_member(&object->object, name, value);
        if (peek(parser) != ',') {
            return take(parser, '}') ? object : 0;
        }
        parser->at++;
    }
}

static Value *parse_value(Parser *parser) {
    if (parser->depth == MAXIMUM_DEPTH) {
        return refuse(parser, PARSE_DEPTH);
    }
    Value *value = 0;
    parser->depth++;
    switch (peek(parser)) {
    case -1:
        refuse(parser, PARSE_END);
        break;
    case '{':
        value = parse_object(parser);
        break;
    case '[':
        value = parse_array(parser);
        break;
    case '"': {
        Text text;
        if (parse_text(parser, &text)) {
            value = new_value(JSON_STRING);
            value->text = text;
        }
        break;
    }
    case 't':
        value = parse_word(parser, "true", JSON_TRUE);
        break;
    case 'f':
        value = parse_word(parser, "false", JSON_FALSE);
        break;
    case 'n':
        value = parse_word(parser, "null", JSON_NULL);
        break;
    case '-':
    case '0' ... '9':
        value = parse_number(parser);
        break;
    default:
        refuse(parser, PARSE_CHARACTER);
    }
    parser->depth--;
    return value;
}

static Value *parse(const char *text, u32 length, ParseError *error) {
    Parser parser = {.at = (const u8 *)text, .start = (const u8 *)text, .end = (const u8 *)text + length};
    parser.scratch_size = length + 16;
    parser.scratch = allocate(parser.scratch_size);
    Value *value = parse_value(&parser);
    if (value && peek(&parser) != -1) {
        value = refuse(&parser, PARSE_TRAILING);
    }
    *error = parser.error;
    return value;
}

// ---- writer ------------------------------------------------------------------------------------------------------

typedef struct {
    char *bytes;
    u32 length, capacity;
    int indent; // Negative for none.
    int sorted;
} Writer;

static char *room(Writer *writer, u32 bytes) {
    if (writer->length + bytes > writer->capacity) {
        u32 capacity = writer->capacity * 2 + bytes;
        char *larger = allocate(capacity);
        copy_bytes(larger, writer->bytes, writer->length);
        writer->bytes = larger;
        writer->capacity = capacity;
    }
    return writer->bytes + writer->length;
}

static void put(Writer *writer, char c) {
    *room(writer, 1) = c;
    writer->length++;
}

static void put_bytes(Writer *writer, const char *bytes, u32 length) {
    copy_bytes(room(writer, length), bytes, length);
    writer->length += length;
}

static void put_line(Writer *writer, int depth) {
    if (writer->indent < 0) {
        return;
    }
    put(writer, '\n');
    for (int i = 0; i < depth * writer->indent; i++) {
        put(writer, ' ');
    }
}

static void put_text(Writer *writer, const Text *text) {
    static const char hex[] = "0123456789abcdef";
    put(writer, '"');
    u32 plain = 0;
    for (u32 i = 0; i < text->length; i++) {
        u8 c = (u8)text->bytes[i];
        if (c >= 0x20 && c != '"' && c != '\\') {
            continue;
        }
        put_bytes(writer, text->bytes + plain, i - plain);
        plain = i + 1;
        put(writer, '\\');
        switch (c) {
        case '"':
        case '\\':
            put(writer, (char)c);
            break;
        case '\n':
            put(writer, 'n');
            break;
        case '\r':
            put(writer, 'r');
            break;
        case '\t':
            put(writer, 't');
            break;
        default:
            put_bytes(writer, "u00", 3);
            put(writer, hex[c >> 4]);
            put(writer, hex[c & 15]);
        }
    }
    put_bytes(writer, text->bytes + plain, text->length - plain);
    put(writer, '"');
}

static int compare_text(const Text *one, const Text *other) {
    u32 shorter = one->length < other->length ? one->length : other->length;
    for (u32 i = 0; i < shorter; i++) {
        int difference = (u8)one->bytes[i] - (u8)other->bytes[i];
        if (difference) {
            return difference;
        }
    }
    return (int)one->length - (int)other->length;
}

// Insertion sort for the small, heap sort for the rest: objects of people are small, those of machines may not be.
static void sort_members(Member *members, u32 count) {
    if (count < 16) {
        for (u32 i = 1; i < count; i++) {
            Member member = members[i];
            u32 j = i;
            for (; j > 0 && compare_text(&members[j - 1].name, &member.name) > 0; j--) {
                members[j] = members[j - 1];
            }
            members[j] = member;
        }
        return;
    }
    for (u32 end = count, start = count / 2; end > 1;) {
        if (start > 0) {
            start--;
        } else {
            end--;
            Member last = members[end];
            members[end] = members[0];
            members[0] = last;
        }
        Member moving = members[start];
        u32 at = start;
        for (u32 child; (child = at * 2 + 1) < end; at = child) {
            if (child + 1 < end && compare_text(&members[child].name, &members[child + 1].name) < 0) {
                child++;
            }
            if (compare_text(&moving.name, &members[child].name) >= 0) {
                break;
            }
            members[at] = members[child];
        }
        members[at] = moving;
    }
}

static void put_value(Writer *writer, const Value *value, int depth) {
    switch (value->kind) {
    case JSON_NULL:
        put_bytes(writer, "null", 4);
        break;
    case JSON_FALSE:
        put_bytes(writer, "false", 5);
        break;
    case JSON_TRUE:
        put_bytes(writer, "true", 4);
        break;
    case JSON_NUMBER:
        writer->length += write_number(room(writer, 48), value->number);
        break;
    case JSON_STRING:
        put_text(writer, &value->text);
        break;
    case JSON_ARRAY:
        put(writer, '[');
        for (u32 i = 0; i < value->array.count; i++) {
            if (i) {
                put(writer, ',');
            }
            put_line(writer, depth + 1);
            put_value(writer, value->array.items[i], depth + 1);
        }
        if (value->array.count) {
            put_line(writer, depth);
        }
        put(writer, ']');
        break;
    case JSON_OBJECT: {
        Member *members = value->object.members;
        u32 count = value->object.count;
        if (writer->sorted && count > 1) {
            members = allocate(count * sizeof *members);
            copy_bytes(members, value->object.members, count * sizeof *members);
            sort_members(members, count);
        }
        put(writer, '{');
        for (u32 i = 0; i < count; i++) {
            if (i) {
                put(writer, ',');
            }
            put_line(writer, depth + 1);
            put_text(writer, &members[i].name);
            put(writer, ':');
            if (writer->indent >= 0) {
                put(writer, ' ');
            }
            put_value(writer, members[i].value, depth + 1);
        }
        if (count) {
            put_line(writer, depth);
        }
        put(writer, '}');
    }
    }
}

static Writer write(const Value *value, int indent, int sorted) {
    Writer writer = {allocate(4096), 0, 4096, indent, sorted};
    put_value(&writer, value, 0);
    return writer;
}

// ---- comparing, pointing, patching -------------------------------------------------------------------------------

static int equal(const Value *one, const Value *other) {
    if (one->kind != other->kind) {
        return 0;
    }
    switch (one->kind) {
    case JSON_NUMBER:
        return one->number == other->number;
    case JSON_STRING:
        return same_text(&one->text, &other->text);
    case JSON_ARRAY:
        if (one->array.count != other->array.count) {
            return 0;
        }
        for (u32 i = 0; i < one->array.count; i++) {
            if (!equal(one->array.items[i], other->array.items[i])) {
                return 0;
            }
        }
        return 1;
    case JSON_OBJECT:
        if (one->object.count != other->object.count) {
            return 0;
        }
        for (u32 i = 0; i < one->object.count; i++) {
            Member *member = find_member(&other->object, &one->object.members[i].name);
            if (!member || !equal(one->object.members[i].value, member->value)) {
                return 0;
            }
        }
        return 1;
    default:
        return 1;
    }
}

// RFC 6901: "/orders/3/lines/0/price", with ~0 and ~1 for ~ and /.
static Value *point(Value *value, const char *pointer) {
    while (value && *pointer == '/') {
        char name[64];
        u32 length = 0;
        for (pointer++; *pointer && *pointer != '/'; pointer++) {
            char c = *pointer;
            if (c == '~') {
                c = *++pointer == '1' ? '/' : '~';
            }
            if (length == sizeof name) {
                return 0;
            }
            name[length++] = c;
        }
        if (value->kind == JSON_ARRAY) {
            u32 index = 0;
            for (u32 i = 0; i < length; i++) {
                index = index * 10 + (u32)(name[i] - '0');
            }
            value = index < value->array.count ? value->array.items[index] : 0;
        } else if (value->kind == JSON_OBJECT) {
            Text text = {length, hash_bytes(name, length), name};
            Member *member = find_member(&value->object, &text);
            value = member ? member->value : 0;
        } else {
            value = 0;
        }
    }
    return value;
}

// RFC 7386: members that are null are removed, objects are merged, everything else is replaced.
static Value *merge(Value *target, Value *patch) {
    if (patch->kind != JSON_OBJECT) {
        return patch;
    }
    if (!target || target->kind != JSON_OBJECT) {
        target = new_value(JSON_OBJECT);
    }
    for (u32 i = 0; i < patch->object.count; i++) {
        Member *change = &patch->object.members[i];
        if (change->value->kind == JSON_NULL) {
            remove_member(&target->object, &change->name);
        } else {
            Member *member = find_member(&target->object, &change->name);
            set_member(&target->object, change->name, merge(member ? member->value : 0, change->value));
        }
    }
    return target;
}

// ---- workload ----------------------------------------------------------------------------------------------------

static const char *const words[] = {
    "apple", "bolt", "copper", "drift", "ember", "fjord", "gr\xC3\xBCn", "harbour", "iris", "j\"uniper", "kelp",
    "lumen", "mica", "nectar", "opal", "pebble", "quill", "r\xE2\x82\xACsin", "saffron", "tab\tle", "umber", "vellum",
};

static Value *random_name(u32 parts) {
    char name[128];
    u32 length = 0;
    for (u32 i = 0; i < parts; i++) {
        const char *word = words[random_below(COUNT(words))];
        u32 bytes = length_of(word);
        copy_bytes(name + length, word, bytes);
        length += bytes;
        name[length++] = ' ';
    }
    return new_string(name, length - 1);
}

static Value *make_line(void) {
    Value *line = new_value(JSON_OBJECT);
    set(line, "product", random_name(2));
    set(line, "quantity", new_number(1 + random_below(20)));
    set(line, "price", new_number((double)random_below(100000) / 100));
    set(line, "taxed", new_value(random_below(2) ? JSON_TRUE : JSON_FALSE));
    return line;
}

static Value *make_order(u32 number) {
    Value *order = new_value(JSON_OBJECT), *lines = new_value(JSON_ARRAY), *customer = new_value(JSON_OBJECT);
    set(order, "number", new_number(number));
    set(customer, "name", random_name(3));
    set(customer, "score", new_number((double)random_below(1000000) / 1e7));
    set(customer, "note", random_below(3) ? random_name(6) : new_value(JSON_NULL));
    set(order, "customer", customer);
    u32 count = 1 + random_below(5);
    for (u32 i = 0; i < count; i++) {
        append(&lines->array, make_line());
    }
    set(order, "lines", lines);
    if (number % 16 == 0) {
        Value *labels = new_value(JSON_OBJECT);
        for (u32 i = 0; i < 40; i++) {
            char name[8] = {'l', (char)('a' + random_below(26)), (char)('a' + i % 26), (char)('0' + i / 26)};
            set(labels, name, new_number((double)random_next() / 1e3));
        }
        set(order, "labels", labels);
    }
    return order;
}

static double total_of(Value *document) {
    double total = 0;
    Value *orders = point(document, "/orders");
    for (u32 i = 0; i < orders->array.count; i++) {
        Value *lines = point(orders->array.items[i], "/lines");
        for (u32 j = 0; j < lines->array.count; j++) {
            Value *line = lines->array.items[j];
            total += point(line, "/quantity")->number * point(line, "/price")->number;
        }
    }
    return total;
}

static const char *const faulty[] = {
    "", "{", "[1,]", "{\"a\" 1}", "\"\\x\"", "\"\\ud800\"", "01", "1.", "[1] 2", "tru", "\"\xC0\x80\"", "{\"a\":}", "-",
    "1e",
};

static u32 count_refusals(void) {
    u32 refused = 0;
    for (int i = 0; i < COUNT(faulty); i++) {
        ParseError error;
        refused = refused * 3 + (parse(faulty[i], length_of(faulty[i]), &error) == 0) + error;
    }
    return refused;
}

EXPORT(run_json) double run_json(int orders) {
    heap_used = 0;
    random_state = 0x2545F491;
    Value *document = new_value(JSON_OBJECT), *list = new_value(JSON_ARRAY);
    set(document, "format", new_string("orders/1", 8));
    set(document, "orders", list);
    for (int i = 0; i < orders; i++) {
        append(&list->array, make_order((u32)i));
    }
    ParseError error;
    Writer compact = write(document, -1, 0);
    Value *again = parse(compact.bytes, compact.length, &error);
    if (!again || !equal(document, again)) {
        return -1;
    }
    Writer pretty = write(again, 2, 1);
    again = parse(pretty.bytes, pretty.length, &error);
    if (!again || !equal(document, again)) {
        return -2;
    }
    static const char change[] =
        "{\"customer\":{\"note\":null,\"score\":0.125},\"state\":{\"paid\":true,\"by\":\"card\"},\"labels\":null}";
    Value *patch = parse(change, sizeof change - 1, &error);
    Value *changed = point(again, "/orders");
    for (u32 i = 0; i < changed->array.count; i += 3) {
        changed->array.items[i] = merge(changed->array.items[i], patch);
    }
    Writer last = write(again, -1, 1);
    u32 checksum = hash_bytes(compact.bytes, compact.length) ^ hash_bytes(pretty.bytes, pretty.length) * 31 ^
        hash_bytes(last.bytes, last.length) * 17;
    return (double)(checksum ^ count_refusals()) + total_of(again) / 4096;
}
