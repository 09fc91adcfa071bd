// A scripting language in the manner of Lua: a lexer, a compiler of one pass to instructions for a stack machine, and
// the machine, with closures, tables, prototypes, interned strings and a collector that marks and sweeps. The workload
// is a number of scripts.
#include "guest.h"

// ---- memory of its own, in classes of sizes ----------------------------------------------------------------------

enum { SMALL_CLASSES = 33, LARGE_CLASSES = 28 };

static void *free_small[SMALL_CLASSES], *free_large[LARGE_CLASSES];

static u32 class_of(u32 bytes) {
    u32 class = 10;
    while (bytes > 1u << class) {
        class++;
    }
    return class;
}

static void *take(u32 bytes) {
    void **list = bytes <= 512 ? &free_small[(bytes + 15) / 16] : &free_large[class_of(bytes)];
    if (*list) {
        void *block = *list;
        *list = *(void **)block;
        return block;
    }
    return allocate(bytes <= 512 ? (bytes + 15) / 16 * 16 : 1u << class_of(bytes));
}

static void give_back(void *block, u32 bytes) {
    if (bytes) {
        void **list = bytes <= 512 ? &free_small[(bytes + 15) / 16] : &free_large[class_of(bytes)];
        *(void **)block = *list;
        *list = block;
    }
}

// ---- values ------------------------------------------------------------------------------------------------------

typedef enum { TYPE_NIL, TYPE_BOOLEAN, TYPE_NUMBER, TYPE_STRING, TYPE_TABLE, TYPE_FUNCTION, TYPE_NATIVE } Type;

typedef struct Object Object;
typedef struct String String;
typedef struct Table Table;
typedef struct Closure Closure;

typedef struct Value Value;
typedef Value (*Native)(Value *arguments, u32 count);

struct Value {
    Type type;
    union {
        double number;
        i32 boolean;
        Object *object;
        String *string;
        Table *table;
        Closure *closure;
        Native native;
    };
};

typedef enum { OBJECT_STRING, OBJECT_TABLE, OBJECT_CLOSURE, OBJECT_UPVALUE } ObjectKind;

struct Object {
    Object *next;
    u8 kind;
    u8 marked;
};

struct String {
    Object object;
    u32 length, hash;
    String *chain;
    char bytes[];
};

typedef struct {
    Value key, value;
} Entry;

struct Table {
    Object object;
    u32 count, capacity; // Of the items with the keys 1, 2, 3…
    Value *items;
    u32 used, slots; // Of everything else; slots are a power of two, or none.
    Entry *entries;
    Table *prototype;
    Object *gray;
};

typedef struct Upvalue Upvalue;

struct Upvalue {
    Object object;
    Value *place; // In the stack while the function that made it runs, else closed.
    Value closed;
    Upvalue *next_open;
};

typedef struct Prototype {
    u32 *code;
    u32 length, capacity;
    Value *constants;
    u32 constant_count, constant_capacity;
    struct Prototype **inner;
    u32 inner_count;
    u32 parameters;
    u32 upvalue_count;
    struct {
        u8 is_local;
        u8 index;
    } upvalues[32];
} Prototype;

struct Closure {
    Object object;
    Prototype *prototype;
    Upvalue *upvalues[];
};

enum { STACK_SIZE = 4096, FRAME_LIMIT = 200, STRING_BUCKETS = 4096 };

typedef struct {
    Closure *closure;
    u32 *at;
    Value *base;
} Frame;

static struct {
    Value stack[STACK_SIZE];
    Value *top;
    Frame frames[FRAME_LIMIT];
    u32 frame_count;
    Upvalue *open;
    Object *objects;
    String *strings[STRING_BUCKETS];
    Table *globals;
    Object *gray;
    Prototype **prototypes; // Their constants live as long as the script.
    u32 prototype_count;
    u32 allocated, threshold, collections;
    u32 checksum;
    const char *error;
    u32 error_line;
} vm;

static const Value nil = {.type = TYPE_NIL};

static inline Value number_value(double number) {
    return (Value){.type = TYPE_NUMBER, .number = number};
}

static inline Value boolean_value(i32 boolean) {
    return (Value){.type = TYPE_BOOLEAN, .boolean = boolean};
}

static inline Value string_value(String *string) {
    return (Value){.type = TYPE_STRING, .string = string};
}

static inline Value table_value(Table *table) {
    return (Value){.type = TYPE_TABLE, .table = table};
}

static inline int is_true(Value value) {
    return value.type != TYPE_NIL && (value.type != TYPE_BOOLEAN || value.boolean);
}

static inline int same(Value one, Value other) {
    if (one.type != other.type) {
        return 0;
    }
    switch (one.type) {
    case TYPE_NIL:
        return 1;
    case TYPE_BOOLEAN:
        return one.boolean == other.boolean;
    case TYPE_NUMBER:
        return one.number == other.number;
    case TYPE_NATIVE:
        return one.native == other.native;
    default:
        return one.object == other.object;
    }
}

static Value raise(const char *error) {
    if (!vm.error) {
        vm.error = error;
    }
    return nil;
}

// ---- the collector -----------------------------------------------------------------------------------------------

static void collect(void);

static void *new_object(ObjectKind kind, u32 bytes) {
    if (vm.allocated > vm.threshold) {
        collect();
    }
    Object *object = take(bytes);
    vm.allocated += bytes;
    zero_bytes(object, bytes);
    object->kind = (u8)kind;
    object->next = vm.objects;
    vm.objects = object;
    return object;
}

static u32 bytes_of(const Object *object) {
    switch (object->kind) {
    case OBJECT_STRING:
        return sizeof(String) + ((const String *)object)->length + 1;
    case OBJECT_TABLE:
        return sizeof(Table);
    case OBJECT_CLOSURE:
        return sizeof(Closure) + ((const Closure *)object)->prototype->upvalue_count * sizeof(Upvalue *);
    default:
        return sizeof(Upvalue);
    }
}

static void mark(Value value);

static void mark_object(Object *object) {
    if (!object || object->marked) {
        return;
    }
    object->marked = 1;
    switch (object->kind) {
    case OBJECT_TABLE:
        ((Table *)object)->gray = vm.gray;
        vm.gray = object;
        break;
    case OBJECT_CLOSURE: {
        Closure *closure = (Closure *)object;
        for (u32 i = 0; i < closure->prototype->upvalue_count; i++) {
            mark_object((Object *)closure->upvalues[i]);
        }
        break;
    }
    case OBJECT_UPVALUE:
        mark(*((Upvalue *)object)->place);
        break;
    }
}

static void mark(Value value) {
    if (value.type == TYPE_STRING || value.type == TYPE_TABLE || value.type == TYPE_FUNCTION) {
        mark_object(value.object);
    }
}

static void mark_table(Table *table) {
    for (u32 i = 0; i < table->count; i++) {
        mark(table->items[i]);
    }
    for (u32 i = 0; i < table->slots; i++) {
        mark(table->entries[i].key);
        mark(table->entries[i].value);
    }
    mark_object((Object *)table->prototype);
}

static void free_object(Object *object) {
    u32 bytes = bytes_of(object);
    if (object->kind == OBJECT_TABLE) {
        Table *table = (Table *)object;
        give_back(table->items, table->capacity * sizeof(Value));
        give_back(table->entries, table->slots * sizeof(Entry));
        vm.allocated -= table->capacity * sizeof(Value) + table->slots * sizeof(Entry);
    }
    vm.allocated -= bytes;
    give_back(object, bytes);
}

static void sweep_strings(void) {
    for (u32 i = 0; i < STRING_BUCKETS; i++) {
        for (String **link = &vm.strings[i]; *link;) {
            if ((*link)->object.marked) {
                link = &(*link)->chain;
            } else {
                *link = (*link)->chain;
            }
        }
    }
}

static void collect(void) {
    for (Value *value = vm.stack; value < vm.top; value++) {
        mark(*value);
    }
    for (u32 i = 0; i < vm.frame_count; i++) {
        mark_object((Object *)vm.frames[i].closure);
    }
    for (Upvalue *upvalue = vm.open; upvalue; upvalue = upvalue->next_open) {
        mark_object((Object *)upvalue);
    }
    for (u32 i = 0; i < vm.prototype_count; i++) {
        for (u32 j = 0; j < vm.prototypes[i]->constant_count; j++) {
            mark(vm.prototypes[i]->constants[j]);
        }
    }
    mark_object((Object *)vm.globals);
    while (vm.gray) {
        Table *table = (Table *)vm.gray;
        vm.gray = table->gray;
        mark_table(table);
    }
    sweep_strings();
    for (Object **link = &vm.objects; *link;) {
        Object *object = *link;
        if (object->marked) {
            object->marked = 0;
            link = &object->next;
        } else {
            *link = object->next;
            free_object(object);
        }
    }
    vm.collections++;
    vm.threshold = vm.allocated * 2 < 1 << 20 ? 1 << 20 : vm.allocated * 2;
}

// ---- strings and tables ------------------------------------------------------------------------------------------

static String *intern(const char *bytes, u32 length) {
    u32 hash = hash_bytes(bytes, length);
    for (String *string = vm.strings[hash % STRING_BUCKETS]; string; string = string->chain) {
        if (string->hash == hash && string->length == length && same_bytes(string->bytes, bytes, length)) {
            return string;
        }
    }
    String *string = new_object(OBJECT_STRING, sizeof(String) + length + 1);
    string->length = length;
    string->hash = hash;
    copy_bytes(string->bytes, bytes, length);
    string->chain = vm.strings[hash % STRING_BUCKETS];
    vm.strings[hash % STRING_BUCKETS] = string;
    return string;
}

static u32 hash_of(Value key) {
    switch (key.type) {
    case TYPE_NUMBER: {
        u64 bits;
        copy_bytes(&bits, &key.number, sizeof bits);
        return (u32)(bits * 0x9E3779B97F4A7C15ull >> 32);
    }
    case TYPE_STRING:
        return key.string->hash;
    case TYPE_BOOLEAN:
        return (u32)key.boolean;
    default:
        return (u32)((size)key.object >> 4) * 2654435761u;
    }
}

static Entry *find_entry(const Table *table, Value key) {
    if (!table->slots) {
        return 0;
    }
    u32 slot = hash_of(key) & (table->slots - 1);
    while (table->entries[slot].key.type != TYPE_NIL && !same(table->entries[slot].key, key)) {
        slot = (slot + 1) & (table->slots - 1);
    }
    return &table->entries[slot];
}

// The position of an item, or none.
static inline u32 position_of(Value key) {
    if (key.type == TYPE_NUMBER && key.number >= 1 && key.number < 1e9) {
        u32 position = (u32)key.number;
        return position == key.number ? position : 0;
    }
    return 0;
}

static Value get(const Table *table, Value key) {
    u32 position = position_of(key);
    for (; table; table = table->prototype) {
        if (position && position <= table->count) {
            return table->items[position - 1];
        }
        Entry *entry = find_entry(table, key);
        if (entry && entry->value.type != TYPE_NIL) {
            return entry->value;
        }
    }
    return nil;
}

static void put_entry(Table *table, Value key, Value value);

static void grow_entries(Table *table) {
    u32 slots = table->slots, used = 0;
    Entry *entries = table->entries;
    for (u32 i = 0; i < slots; i++) {
        used += entries[i].value.type != TYPE_NIL;
    }
    table->slots = used * 2 < 8 ? 8 : 16;
    while (table->slots < used * 2) {
        table->slots *= 2;
    }
    table->entries = take(table->slots * sizeof(Entry));
    vm.allocated += (table->slots - slots) * sizeof(Entry);
    zero_bytes(table->entries, table->slots * sizeof(Entry));
    table->used = 0;
    for (u32 i = 0; i < slots; i++) {
        if (entries[i].value.type != TYPE_NIL) {
            put_entry(table, entries[i].key, entries[i].value);
        }
    }
    give_back(entries, slots * sizeof(Entry));
}

static void put_entry(Table *table, Value key, Value value) {
    Entry *entry = find_entry(table, key);
    if (entry && entry->key.type != TYPE_NIL) {
        entry->value = value;
        return;
    }
    if (value.type == TYPE_NIL) {
        return;
    }
    if ((table->used + 1) * 4 > table->slots * 3) {
        grow_entries(table);
        entry = find_entry(table, key);
    }
    table->used++;
    *entry = (Entry){key, value};
}

static void append_item(Table *table, Value value) {
    if (table->count == table->capacity) {
        u32 capacity = table->capacity ? table->capacity * 2 : 4;
        Value *items = take(capacity * sizeof(Value));
        copy_bytes(items, table->items, table->count * sizeof(Value));
        give_back(table->items, table->capacity * sizeof(Value));
        vm.allocated += (capacity - table->capacity) * sizeof(Value);
        table->items = items;
        table->capacity = capacity;
    }
    table->items[table->count++] = value;
}

static void put(Table *table, Value key, Value value) {
    u32 position = position_of(key);
    if (position && position <= table->count) {
        table->items[position - 1] = value;
        if (position == table->count && value.type == TYPE_NIL) {
            table->count--;
        }
        return;
    }
    if (position == table->count + 1 && value.type != TYPE_NIL) {
        append_item(table, value);
        // What came too early is an item now.
        while (table->used) {
            Entry *entry = find_entry(table, number_value(table->count + 1));
            if (entry->value.type == TYPE_NIL) {
                break;
            }
            Value early = entry->value;
            entry->value = nil;
            append_item(table, early);
        }
        return;
    }
    put_entry(table, key, value);
}

static Table *new_table(void) {
    return new_object(OBJECT_TABLE, sizeof(Table));
}

static u32 write_number(char *target, double number) {
    u32 length = 0;
    if (number < 0) {
        target[length++] = '-';
        number = -number;
    }
    u64 whole = number < 1e18 ? (u64)number : 0;
    u32 fraction = (u32)((number - (double)whole) * 1e6 + 0.5);
    char reversed[24];
    u32 digits = 0;
    do {
        reversed[digits++] = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole);
    while (digits) {
        target[length++] = reversed[--digits];
    }
    if (fraction && fraction < 1000000) {
        target[length++] = '.';
        for (u32 unit = 100000; fraction; unit /= 10) {
            target[length++] = (char)('0' + fraction / unit);
            fraction %= unit;
        }
    }
    return length;
}

static String *text_of(Value value) {
    char text[48];
    switch (value.type) {
    case TYPE_STRING:
        return value.string;
    case TYPE_NUMBER:
        return intern(text, write_number(text, value.number));
    case TYPE_NIL:
        return intern("nil", 3);
    case TYPE_BOOLEAN:
        return value.boolean ? intern("true", 4) : intern("false", 5);
    case TYPE_TABLE:
        return intern("table", 5);
    default:
        return intern("function", 8);
    }
}

// ---- lexer -------------------------------------------------------------------------------------------------------

typedef enum {
    TOKEN_END, TOKEN_NAME, TOKEN_NUMBER, TOKEN_STRING,
    TOKEN_AND, TOKEN_BREAK, TOKEN_DO, TOKEN_ELSE, TOKEN_ELSEIF, TOKEN_END_WORD, TOKEN_FALSE, TOKEN_FOR, TOKEN_FUNCTION,
    TOKEN_IF, TOKEN_IN, TOKEN_LOCAL, TOKEN_NIL, TOKEN_NOT, TOKEN_OR, TOKEN_REPEAT, TOKEN_RETURN, TOKEN_THEN, TOKEN_TRUE,
    TOKEN_UNTIL, TOKEN_WHILE,
    TOKEN_EQUAL, TOKEN_NOT_EQUAL, TOKEN_LESS_EQUAL, TOKEN_GREATER_EQUAL, TOKEN_CONCAT, TOKEN_FLOOR_DIVIDE,
    TOKEN_SYMBOL = 128, // Plus the character.
} TokenKind;

static const char *const keywords[] = {
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in",
    "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
};

typedef struct {
    u32 kind;
    const char *start;
    u32 length;
    double number;
} Token;

static struct {
    const char *at;
    u32 line;
    Token token;
} lexer;

static int is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static int is_digit(char c) {
    return c >= '0' && c <= '9';
}

static void skip_space(void) {
    for (;;) {
        char c = *lexer.at;
        if (c == '\n') {
            lexer.line++;
            lexer.at++;
        } else if (c == ' ' || c == '\t') {
            lexer.at++;
        } else if (c == '-' && lexer.at[1] == '-') {
            while (*lexer.at && *lexer.at != '\n') {
                lexer.at++;
            }
        } else {
            return;
        }
    }
}

static double read_number(void) {
    double number = 0, unit = 1;
    while (is_digit(*lexer.at)) {
        number = number * 10 + (*lexer.at++ - '0');
    }
    if (*lexer.at == '.' && is_digit(lexer.at[1])) {
        for (lexer.at++; is_digit(*lexer.at); lexer.at++) {
            unit *= 10;
            number = number * 10 + (*lexer.at - '0');
        }
    }
    return number / unit;
}

static u32 read_symbol(void) {
    static const struct {
        char first, second;
        u8 kind;
    } pairs[] = {
        {'=', '=', TOKEN_EQUAL}, {'~', '=', TOKEN_NOT_EQUAL}, {'<', '=', TOKEN_LESS_EQUAL},
        {'>', '=', TOKEN_GREATER_EQUAL}, {'.', '.', TOKEN_CONCAT}, {'/', '/', TOKEN_FLOOR_DIVIDE},
    };
    for (int i = 0; i < COUNT(pairs); i++) {
        if (lexer.at[0] == pairs[i].first && lexer.at[1] == pairs[i].second) {
            lexer.at += 2;
            return pairs[i].kind;
        }
    }
    return TOKEN_SYMBOL + (u8)*lexer.at++;
}

static void next_token(void) {
    skip_space();
    Token *token = &lexer.token;
    token->start = lexer.at;
    char c = *lexer.at;
    if (!c) {
        token->kind = TOKEN_END;
    } else if (is_letter(c)) {
        while (is_letter(*lexer.at) || is_digit(*lexer.at)) {
            lexer.at++;
        }
        token->kind = TOKEN_NAME;
        token->length = (u32)(lexer.at - token->start);
        for (int i = 0; i < COUNT(keywords); i++) {
            if (length_of(keywords[i]) == token->length && same_bytes(keywords[i], token->start, token->length)) {
                token->kind = TOKEN_AND + (u32)i;
            }
        }
    } else if (is_digit(c)) {
        token->kind = TOKEN_NUMBER;
        token->number = read_number();
    } else if (c == '"') {
        token->kind = TOKEN_STRING;
        token->start = ++lexer.at;
        while (*lexer.at && *lexer.at != '"') {
            lexer.at++;
        }
        token->length = (u32)(lexer.at - token->start);
        lexer.at += *lexer.at != 0;
    } else {
        token->kind = read_symbol();
    }
}

// ---- compiler ----------------------------------------------------------------------------------------------------

typedef enum {
    OP_CONSTANT, OP_NIL, OP_TRUE, OP_FALSE, OP_POP,
    OP_GET_LOCAL, OP_SET_LOCAL, OP_GET_UPVALUE, OP_SET_UPVALUE, OP_GET_GLOBAL, OP_SET_GLOBAL,
    OP_NEW_TABLE, OP_APPEND, OP_GET_INDEX, OP_SET_INDEX, OP_GET_FIELD, OP_SET_FIELD, OP_INIT_FIELD, OP_SELF,
    OP_ADD, OP_SUBTRACT, OP_MULTIPLY, OP_DIVIDE, OP_MODULO, OP_FLOOR_DIVIDE, OP_CONCAT,
    OP_ADD_CONSTANT, OP_EQUAL, OP_NOT_EQUAL, OP_LESS, OP_LESS_EQUAL, OP_GREATER, OP_GREATER_EQUAL,
    OP_NEGATE, OP_NOT, OP_LENGTH,
    OP_JUMP, OP_JUMP_IF_FALSE, OP_AND, OP_OR, OP_FOR_PREPARE, OP_FOR_LOOP, OP_EACH,
    OP_CALL, OP_RETURN, OP_CLOSURE, OP_CLOSE,
} Opcode;

typedef struct Function {
    struct Function *outer;
    Prototype *prototype;
    struct {
        const char *name;
        u32 length;
        i32 depth;
        i32 captured;
    } locals[64];
    u32 local_count;
    i32 depth;
    u32 breaks[32];
    u32 break_count;
    u32 loop_locals; // Those that a break leaves alone.
} Function;

static Function *function;

static void syntax_error(const char *error) {
    if (!vm.error) {
        vm.error_line = lexer.line;
    }
    raise(error);
    lexer.token.kind = TOKEN_END;
}

static u32 emit(Opcode opcode, u32 operand) {
    Prototype *prototype = function->prototype;
    if (prototype->length == prototype->capacity) {
        u32 capacity = prototype->capacity ? prototype->capacity * 2 : 32;
        u32 *code = allocate(capacity * sizeof(u32));
        copy_bytes(code, prototype->code, prototype->length * sizeof(u32));
        prototype->code = code;
        prototype->capacity = capacity;
    }
    prototype->code[prototype->length] = (u32)opcode | operand << 8;
    return prototype->length++;
}

// A second operand, in a word of its own.
static void emit_operand(u32 operand) {
    emit((Opcode)0, operand);
}

static void set_target(u32 jump) {
    u32 *code = &function->prototype->code[jump];
    *code = (*code & 255) | function->prototype->length << 8;
}

static u32 constant(Value value) {
    Prototype *prototype = function->prototype;
    for (u32 i = 0; i < prototype->constant_count; i++) {
        if (same(prototype->constants[i], value)) {
            return i;
        }
    }
    if (prototype->constant_count == prototype->constant_capacity) {
        u32 capacity = prototype->constant_capacity ? prototype->constant_capacity * 2 : 16;
        Value *constants = allocate(capacity * sizeof(Value));
        copy_bytes(constants, prototype->constants, prototype->constant_count * sizeof(Value));
        prototype->constants = constants;
        prototype->constant_capacity = capacity;
    }
    prototype->constants[prototype->constant_count] = value;
    return prototype->constant_count++;
}

static int check(u32 kind) {
    return lexer.token.kind == kind;
}

static int match(u32 kind) {
    if (!check(kind)) {
        return 0;
    }
    next_token();
    return 1;
}

static int match_symbol(char c) {
    return match(TOKEN_SYMBOL + (u8)c);
}

static void expect(u32 kind) {
    if (!match(kind)) {
        syntax_error("unexpected token");
    }
}

static void expect_symbol(char c) {
    expect(TOKEN_SYMBOL + (u8)c);
}

static u32 name_constant(void) {
    if (!check(TOKEN_NAME)) {
        syntax_error("a name expected");
        return 0;
    }
    u32 index = constant(string_value(intern(lexer.token.start, lexer.token.length)));
    next_token();
    return index;
}

static u32 add_local(const char *name, u32 length) {
    if (function->local_count == COUNT(function->locals)) {
        syntax_error("too many locals");
        return 0;
    }
    u32 index = function->local_count++;
    function->locals[index].name = name;
    function->locals[index].length = length;
    function->locals[index].depth = function->depth;
    function->locals[index].captured = 0;
    return index;
}

static void begin_scope(void) {
    function->depth++;
}

static void end_scope(void) {
    function->depth--;
    while (function->local_count && function->locals[function->local_count - 1].depth > function->depth) {
        function->local_count--;
        emit(function->locals[function->local_count].captured ? OP_CLOSE : OP_POP, 0);
    }
}

static i32 find_local(Function *in, const char *name, u32 length) {
    for (i32 i = (i32)in->local_count - 1; i >= 0; i--) {
        if (in->locals[i].length == length && same_bytes(in->locals[i].name, name, length)) {
            return i;
        }
    }
    return -1;
}

static i32 find_upvalue(Function *in, const char *name, u32 length) {
    if (!in->outer) {
        return -1;
    }
    i32 local = find_local(in->outer, name, length), is_local = 1;
    if (local >= 0) {
        in->outer->locals[local].captured = 1;
    } else {
        is_local = 0;
        local = find_upvalue(in->outer, name, length);
        if (local < 0) {
            return -1;
        }
    }
    Prototype *prototype = in->prototype;
    for (u32 i = 0; i < prototype->upvalue_count; i++) {
        if (prototype->upvalues[i].is_local == is_local && prototype->upvalues[i].index == local) {
            return (i32)i;
        }
    }
    if (prototype->upvalue_count == COUNT(prototype->upvalues)) {
        syntax_error("too many upvalues");
        return 0;
    }
    prototype->upvalues[prototype->upvalue_count].is_local = (u8)is_local;
    prototype->upvalues[prototype->upvalue_count].index = (u8)local;
    return (i32)prototype->upvalue_count++;
}

static void expression(void);
static void block(void);
static void function_body(int is_method);

typedef struct {
    Opcode get, set;
    u32 operand;
} Place;

static Place name_place(void) {
    const char *name = lexer.token.start;
    u32 length = lexer.token.length;
    i32 index = find_local(function, name, length);
    if (index >= 0) {
        next_token();
        return (Place){OP_GET_LOCAL, OP_SET_LOCAL, (u32)index};
    }
    index = find_upvalue(function, name, length);
    if (index >= 0) {
        next_token();
        return (Place){OP_GET_UPVALUE, OP_SET_UPVALUE, (u32)index};
    }
    return (Place){OP_GET_GLOBAL, OP_SET_GLOBAL, name_constant()};
}

static u32 arguments(void) {
    u32 count = 0;
    while (!match_symbol(')')) {
        if (count++) {
            expect_symbol(',');
        }
        expression();
        if (vm.error) {
            return 0;
        }
    }
    return count;
}

// Names, fields and calls; the last step is left to the caller, who may want to assign to it.
static Place suffixed(void) {
    Place place = {OP_CALL, OP_CALL, 0}; // A value that is on the stack already.
    if (match_symbol('(')) {
        expression();
        expect_symbol(')');
    } else if (check(TOKEN_NAME)) {
        place = name_place();
    } else {
        syntax_error("an expression expected");
    }
    for (;;) {
        int is_place = place.set != OP_CALL;
        if (check(TOKEN_SYMBOL + '.') || check(TOKEN_SYMBOL + '[') || check(TOKEN_SYMBOL + ':') ||
            check(TOKEN_SYMBOL + '(')) {
            if (is_place) {
                emit(place.get, place.operand);
            }
        }
        if (match_symbol('.')) {
            place = (Place){OP_GET_FIELD, OP_SET_FIELD, name_constant()};
        } else if (match_symbol('[')) {
            expression();
            expect_symbol(']');
            place = (Place){OP_GET_INDEX, OP_SET_INDEX, 0};
        } else if (match_symbol(':')) {
            emit(OP_SELF, name_constant());
            expect_symbol('(');
            emit(OP_CALL, arguments() + 1);
            place = (Place){OP_CALL, OP_CALL, 1};
        } else if (match_symbol('(')) {
            emit(OP_CALL, arguments());
            place = (Place){OP_CALL, OP_CALL, 1};
        } else {
            return place;
        }
    }
}

static void table_constructor(void) {
    emit(OP_NEW_TABLE, 0);
    while (!match_symbol('}') && !vm.error) {
        const char *after = lexer.at;
        while (*after == ' ') {
            after++;
        }
        if (check(TOKEN_NAME) && after[0] == '=' && after[1] != '=') {
            u32 name = name_constant();
            expect_symbol('=');
            expression();
            emit(OP_INIT_FIELD, name);
        } else {
            expression();
            emit(OP_APPEND, 0);
        }
        if (!match_symbol(',') && !check(TOKEN_SYMBOL + '}')) {
            syntax_error("the table does not end");
        }
    }
}

static void simple(void) {
    if (check(TOKEN_NUMBER)) {
        emit(OP_CONSTANT, constant(number_value(lexer.token.number)));
        next_token();
    } else if (check(TOKEN_STRING)) {
        emit(OP_CONSTANT, constant(string_value(intern(lexer.token.start, lexer.token.length))));
        next_token();
    } else if (match(TOKEN_NIL)) {
        emit(OP_NIL, 0);
    } else if (match(TOKEN_TRUE)) {
        emit(OP_TRUE, 0);
    } else if (match(TOKEN_FALSE)) {
        emit(OP_FALSE, 0);
    } else if (match_symbol('{')) {
        table_constructor();
    } else if (match(TOKEN_FUNCTION)) {
        function_body(0);
    } else {
        Place place = suffixed();
        if (place.set != OP_CALL) {
            emit(place.get, place.operand);
        }
    }
}

static int precedence_of(u32 kind) {
    switch (kind) {
    case TOKEN_OR:
        return 1;
    case TOKEN_AND:
        return 2;
    case TOKEN_EQUAL:
    case TOKEN_NOT_EQUAL:
    case TOKEN_LESS_EQUAL:
    case TOKEN_GREATER_EQUAL:
    case TOKEN_SYMBOL + '<':
    case TOKEN_SYMBOL + '>':
        return 3;
    case TOKEN_CONCAT:
        return 4;
    case TOKEN_SYMBOL + '+':
    case TOKEN_SYMBOL + '-':
        return 5;
    case TOKEN_SYMBOL + '*':
    case TOKEN_SYMBOL + '/':
    case TOKEN_SYMBOL + '%':
    case TOKEN_FLOOR_DIVIDE:
        return 6;
    default:
        return 0;
    }
}

static Opcode binary_opcode(u32 kind) {
    switch (kind) {
    case TOKEN_EQUAL:
        return OP_EQUAL;
    case TOKEN_NOT_EQUAL:
        return OP_NOT_EQUAL;
    case TOKEN_LESS_EQUAL:
        return OP_LESS_EQUAL;
    case TOKEN_GREATER_EQUAL:
        return OP_GREATER_EQUAL;
    case TOKEN_SYMBOL + '<':
        return OP_LESS;
    case TOKEN_SYMBOL + '>':
        return OP_GREATER;
    case TOKEN_CONCAT:
        return OP_CONCAT;
    case TOKEN_SYMBOL + '+':
        return OP_ADD;
    case TOKEN_SYMBOL + '-':
        return OP_SUBTRACT;
    case TOKEN_SYMBOL + '*':
        return OP_MULTIPLY;
    case TOKEN_SYMBOL + '/':
        return OP_DIVIDE;
    case TOKEN_SYMBOL + '%':
        return OP_MODULO;
    default:
        return OP_FLOOR_DIVIDE;
    }
}

static void unary(void);

static void binary(int minimum) {
    unary();
    for (;;) {
        u32 kind = lexer.token.kind;
        int precedence = precedence_of(kind);
        if (precedence < minimum || !precedence) {
            return;
        }
        next_token();
        if (kind == TOKEN_AND || kind == TOKEN_OR) {
            u32 jump = emit(kind == TOKEN_AND ? OP_AND : OP_OR, 0);
            binary(precedence + 1);
            set_target(jump);
            continue;
        }
        u32 start = function->prototype->length;
        binary(precedence + 1);
        Opcode opcode = binary_opcode(kind);
        u32 last = function->prototype->code[function->prototype->length - 1];
        if (opcode == OP_ADD && function->prototype->length == start + 1 && (last & 255) == OP_CONSTANT) {
            function->prototype->code[start] = OP_ADD_CONSTANT | (last & ~255u);
        } else {
            emit(opcode, 0);
        }
    }
}

static void unary(void) {
    if (match(TOKEN_NOT)) {
        unary();
        emit(OP_NOT, 0);
    } else if (match_symbol('-')) {
        unary();
        emit(OP_NEGATE, 0);
    } else if (match_symbol('#')) {
        unary();
        emit(OP_LENGTH, 0);
    } else {
        simple();
    }
}

static void expression(void) {
    binary(1);
}

static void add_prototype(Prototype *prototype) {
    if (vm.prototype_count == 256) {
        syntax_error("too many functions");
        return;
    }
    vm.prototypes[vm.prototype_count++] = prototype;
}

static Prototype *begin_function(Function *inner) {
    zero_bytes(inner, sizeof *inner);
    inner->outer = function;
    inner->prototype = allocate(sizeof(Prototype));
    zero_bytes(inner->prototype, sizeof(Prototype));
    add_prototype(inner->prototype);
    function = inner;
    add_local("", 0); // The function itself is below its arguments.
    return inner->prototype;
}

static void end_function(void) {
    emit(OP_NIL, 0);
    emit(OP_RETURN, 0);
    function = function->outer;
}

static void function_body(int is_method) {
    Function inner;
    Prototype *prototype = begin_function(&inner);
    expect_symbol('(');
    if (is_method) {
        add_local("self", 4);
        prototype->parameters++;
    }
    while (!match_symbol(')') && !vm.error) {
        add_local(lexer.token.start, lexer.token.length);
        prototype->parameters++;
        expect(TOKEN_NAME);
        if (!check(TOKEN_SYMBOL + ')')) {
            expect_symbol(',');
        }
    }
    function->depth++;
    block();
    expect(TOKEN_END_WORD);
    end_function();
    Prototype *outer = function->prototype;
    Prototype **all = allocate((outer->inner_count + 1) * sizeof *all);
    copy_bytes(all, outer->inner, outer->inner_count * sizeof *all);
    all[outer->inner_count] = prototype;
    outer->inner = all;
    emit(OP_CLOSURE, outer->inner_count++);
}

static void local_statement(void) {
    if (match(TOKEN_FUNCTION)) {
        add_local(lexer.token.start, lexer.token.length);
        emit(OP_NIL, 0);
        u32 index = function->local_count - 1;
        expect(TOKEN_NAME);
        function_body(0);
        emit(OP_SET_LOCAL, index);
        return;
    }
    Token name = lexer.token;
    expect(TOKEN_NAME);
    if (match_symbol('=')) {
        expression();
    } else {
        emit(OP_NIL, 0);
    }
    add_local(name.start, name.length);
}

static void function_statement(void) {
    Place place = name_place();
    int is_method = 0;
    while (check(TOKEN_SYMBOL + '.') || check(TOKEN_SYMBOL + ':')) {
        is_method = match_symbol(':');
        if (!is_method) {
            match_symbol('.');
        }
        emit(place.get, place.operand);
        place = (Place){OP_GET_FIELD, OP_SET_FIELD, name_constant()};
    }
    function_body(is_method);
    emit(place.set, place.operand);
}

static void if_statement(void) {
    u32 ends[32], count = 0;
    for (;;) {
        expression();
        expect(TOKEN_THEN);
        u32 otherwise = emit(OP_JUMP_IF_FALSE, 0);
        begin_scope();
        block();
        end_scope();
        if (check(TOKEN_ELSE) || check(TOKEN_ELSEIF)) {
            if (count == COUNT(ends)) {
                syntax_error("too many branches");
                return;
            }
            ends[count++] = emit(OP_JUMP, 0);
        }
        set_target(otherwise);
        if (match(TOKEN_ELSEIF)) {
            continue;
        }
        if (match(TOKEN_ELSE)) {
            begin_scope();
            block();
            end_scope();
        }
        expect(TOKEN_END_WORD);
        break;
    }
    while (count) {
        set_target(ends[--count]);
    }
}

typedef struct {
    u32 breaks, locals;
} Loop;

// Breaks pop the locals that come after those of the loop itself.
static Loop begin_loop(u32 own_locals) {
    Loop outer = {function->break_count, function->loop_locals};
    function->loop_locals = function->local_count + own_locals;
    return outer;
}

static void end_loop(Loop outer) {
    while (function->break_count > outer.breaks) {
        set_target(function->breaks[--function->break_count]);
    }
    function->loop_locals = outer.locals;
}

static void break_statement(void) {
    if (!function->loop_locals || function->break_count == COUNT(function->breaks)) {
        syntax_error("a break without a loop, or too many");
        return;
    }
    for (u32 i = function->local_count; i > function->loop_locals; i--) {
        emit(function->locals[i - 1].captured ? OP_CLOSE : OP_POP, 0);
    }
    function->breaks[function->break_count++] = emit(OP_JUMP, 0);
}

static void body_until(u32 kind) {
    begin_scope();
    block();
    end_scope();
    expect(kind);
}

static void while_statement(void) {
    u32 start = function->prototype->length;
    Loop outer = begin_loop(0);
    expression();
    expect(TOKEN_DO);
    u32 exit = emit(OP_JUMP_IF_FALSE, 0);
    body_until(TOKEN_END_WORD);
    emit(OP_JUMP, start);
    set_target(exit);
    end_loop(outer);
}

static void repeat_statement(void) {
    u32 start = function->prototype->length;
    Loop outer = begin_loop(0);
    body_until(TOKEN_UNTIL);
    expression();
    emit(OP_JUMP_IF_FALSE, start);
    end_loop(outer);
}

static void for_statement(void) {
    Token first = lexer.token;
    begin_scope();
    expect(TOKEN_NAME);
    int counts = match_symbol('=');
    Loop outer = begin_loop(counts ? 3 : 2);
    if (counts) {
        expression();
        expect_symbol(',');
        expression();
        if (match_symbol(',')) {
            expression();
        } else {
            emit(OP_CONSTANT, constant(number_value(1)));
        }
        u32 base = add_local("", 0);
        add_local("", 0);
        add_local("", 0);
        expect(TOKEN_DO);
        u32 prepare = emit(OP_FOR_PREPARE, 0);
        emit_operand(base);
        u32 start = function->prototype->length;
        begin_scope();
        emit(OP_GET_LOCAL, base);
        add_local(first.start, first.length);
        body_until(TOKEN_END_WORD);
        end_scope();
        set_target(prepare);
        emit(OP_FOR_LOOP, start);
        emit_operand(base);
    } else {
        expect_symbol(',');
        Token second = lexer.token;
        expect(TOKEN_NAME);
        expect(TOKEN_IN);
        expression();
        u32 base = add_local("", 0);
        emit(OP_CONSTANT, constant(number_value(0)));
        add_local("", 0);
        expect(TOKEN_DO);
        u32 start = emit(OP_EACH, 0);
        emit_operand(base);
        begin_scope();
        add_local(first.start, first.length);
        add_local(second.start, second.length);
        body_until(TOKEN_END_WORD);
        end_scope();
        emit(OP_JUMP, start);
        set_target(start);
    }
    end_loop(outer);
    end_scope();
}

static void statement(void) {
    if (match(TOKEN_LOCAL)) {
        local_statement();
    } else if (match(TOKEN_FUNCTION)) {
        function_statement();
    } else if (match(TOKEN_IF)) {
        if_statement();
    } else if (match(TOKEN_WHILE)) {
        while_statement();
    } else if (match(TOKEN_REPEAT)) {
        repeat_statement();
    } else if (match(TOKEN_FOR)) {
        for_statement();
    } else if (match(TOKEN_BREAK)) {
        break_statement();
    } else if (match(TOKEN_DO)) {
        body_until(TOKEN_END_WORD);
    } else if (match(TOKEN_RETURN)) {
        if (check(TOKEN_END_WORD) || check(TOKEN_ELSE) || check(TOKEN_ELSEIF) || check(TOKEN_END)) {
            emit(OP_NIL, 0);
        } else {
            expression();
        }
        emit(OP_RETURN, 0);
    } else {
        Place place = suffixed();
        if (place.set == OP_CALL) {
            emit(OP_POP, 0);
        } else {
            expect_symbol('=');
            expression();
            emit(place.set, place.operand);
        }
    }
}

static void block(void) {
    while (!vm.error && !check(TOKEN_END) && !check(TOKEN_END_WORD) && !check(TOKEN_ELSE) && !check(TOKEN_ELSEIF) &&
           !check(TOKEN_UNTIL)) {
        statement();
        match_symbol(';');
    }
}

static Prototype *compile(const char *source) {
    lexer.at = source;
    lexer.line = 1;
    next_token();
    Function main;
    function = 0;
    Prototype *prototype = begin_function(&main);
    block();
    if (!check(TOKEN_END)) {
        syntax_error("the script goes on after its end");
    }
    end_function();
    return prototype;
}

// ---- the machine -------------------------------------------------------------------------------------------------

static Upvalue *capture(Value *place) {
    Upvalue **link = &vm.open;
    while (*link && (*link)->place > place) {
        link = &(*link)->next_open;
    }
    if (*link && (*link)->place == place) {
        return *link;
    }
    Upvalue *upvalue = new_object(OBJECT_UPVALUE, sizeof(Upvalue));
    upvalue->place = place;
    // The collector may have run, but it does not change what is open.
    upvalue->next_open = *link;
    *link = upvalue;
    return upvalue;
}

static void close_from(Value *place) {
    while (vm.open && vm.open->place >= place) {
        Upvalue *upvalue = vm.open;
        vm.open = upvalue->next_open;
        upvalue->closed = *upvalue->place;
        upvalue->place = &upvalue->closed;
    }
}

static Value concatenate(Value one, Value other) {
    static char buffer[1 << 16];
    // Both stay on the stack while new strings are made.
    String *left = text_of(one);
    vm.top[-2] = string_value(left);
    String *right = text_of(other);
    if (left->length + right->length > sizeof buffer) {
        return raise("the string is too long");
    }
    copy_bytes(buffer, left->bytes, left->length);
    copy_bytes(buffer + left->length, right->bytes, right->length);
    return string_value(intern(buffer, left->length + right->length));
}

static int compare(Value one, Value other) {
    if (one.type == TYPE_NUMBER && other.type == TYPE_NUMBER) {
        return one.number < other.number ? -1 : one.number > other.number;
    }
    if (one.type != TYPE_STRING || other.type != TYPE_STRING) {
        raise("values of these types are not ordered");
        return 0;
    }
    u32 shorter = one.string->length < other.string->length ? one.string->length : other.string->length;
    for (u32 i = 0; i < shorter; i++) {
        int difference = (u8)one.string->bytes[i] - (u8)other.string->bytes[i];
        if (difference) {
            return difference;
        }
    }
    return (int)one.string->length - (int)other.string->length;
}

static double modulo(double one, double other) {
    double quotient = __builtin_floor(one / other);
    return one - quotient * other;
}

static int push_frame(Value *callee, u32 count) {
    Closure *closure = callee->closure;
    if (vm.frame_count == FRAME_LIMIT || callee - vm.stack > STACK_SIZE - 256) {
        raise("calls are nested too deep");
        return 0;
    }
    for (; count < closure->prototype->parameters; count++) {
        *vm.top++ = nil;
    }
    vm.top -= count - closure->prototype->parameters;
    vm.frames[vm.frame_count++] = (Frame){closure, closure->prototype->code, callee};
    return 1;
}

// The next key and value of a table after a position; the position after them, or 0.
static u32 next_pair(const Table *table, u32 position, Value *key, Value *value) {
    for (; position < table->count; position++) {
        if (table->items[position].type != TYPE_NIL) {
            *key = number_value(position + 1);
            *value = table->items[position];
            return position + 1;
        }
    }
    for (u32 slot = position - table->count; slot < table->slots; slot++) {
        if (table->entries[slot].value.type != TYPE_NIL) {
            *key = table->entries[slot].key;
            *value = table->entries[slot].value;
            return table->count + slot + 1;
        }
    }
    return 0;
}

#define ARITHMETIC(expression)                                              \
    do {                                                                    \
        if (top[-2].type != TYPE_NUMBER || top[-1].type != TYPE_NUMBER) {   \
            RAISE("arithmetic on what is no number");                       \
        }                                                                   \
        double a = top[-2].number, b = top[-1].number;                      \
        top--;                                                              \
        top[-1].number = (expression);                                      \
    } while (0)

#define COMPARISON(operator)                                                \
    do {                                                                    \
        int order;                                                          \
        if (top[-2].type == TYPE_NUMBER && top[-1].type == TYPE_NUMBER) {   \
            order = top[-2].number operator top[-1].number;                 \
        } else {                                                            \
            order = compare(top[-2], top[-1]) operator 0;                   \
            if (vm.error) {                                                 \
                return nil;                                                 \
            }                                                               \
        }                                                                   \
        top--;                                                              \
        top[-1] = boolean_value(order);                                     \
    } while (0)

#define RAISE(error)          \
    do {                      \
        vm.top = top;         \
        return raise(error);  \
    } while (0)

static Value execute(u32 until) {
    Frame *frame = &vm.frames[vm.frame_count - 1];
    Value *top = vm.top, *base = frame->base;
    u32 *at = frame->at;
    const Value *constants = frame->closure->prototype->constants;
    for (;;) {
        u32 instruction = *at++, operand = instruction >> 8;
        switch ((Opcode)(instruction & 255)) {
        case OP_CONSTANT:
            *top++ = constants[operand];
            break;
        case OP_NIL:
            *top++ = nil;
            break;
        case OP_TRUE:
            *top++ = boolean_value(1);
            break;
        case OP_FALSE:
            *top++ = boolean_value(0);
            break;
        case OP_POP:
            top--;
            break;
        case OP_GET_LOCAL:
            *top++ = base[operand];
            break;
        case OP_SET_LOCAL:
            base[operand] = *--top;
            break;
        case OP_GET_UPVALUE:
            *top++ = *frame->closure->upvalues[operand]->place;
            break;
        case OP_SET_UPVALUE:
            *frame->closure->upvalues[operand]->place = *--top;
            break;
        case OP_GET_GLOBAL:
            *top++ = get(vm.globals, constants[operand]);
            break;
        case OP_SET_GLOBAL:
            put(vm.globals, constants[operand], *--top);
            break;
        case OP_NEW_TABLE:
            vm.top = top;
            *top++ = table_value(new_table());
            break;
        case OP_APPEND:
            append_item(top[-2].table, top[-1]);
            top--;
            break;
        case OP_GET_INDEX:
            if (top[-2].type != TYPE_TABLE) {
                RAISE("only tables have items");
            }
            top--;
            top[-1] = get(top[-1].table, top[0]);
            break;
        case OP_SET_INDEX:
            if (top[-3].type != TYPE_TABLE || top[-2].type == TYPE_NIL) {
                RAISE("only tables have items");
            }
            put(top[-3].table, top[-2], top[-1]);
            top -= 3;
            break;
        case OP_GET_FIELD:
            if (top[-1].type != TYPE_TABLE) {
                RAISE("only tables have fields");
            }
            top[-1] = get(top[-1].table, constants[operand]);
            break;
        case OP_SET_FIELD:
            if (top[-2].type != TYPE_TABLE) {
                RAISE("only tables have fields");
            }
            put(top[-2].table, constants[operand], top[-1]);
            top -= 2;
            break;
        case OP_INIT_FIELD:
            put(top[-2].table, constants[operand], top[-1]);
            top--;
            break;
        case OP_SELF:
            if (top[-1].type != TYPE_TABLE) {
                RAISE("only tables have methods");
            }
            top[0] = top[-1];
            top[-1] = get(top[0].table, constants[operand]);
            top++;
            break;
        case OP_ADD:
            ARITHMETIC(a + b);
            break;
        case OP_SUBTRACT:
            ARITHMETIC(a - b);
            break;
        case OP_MULTIPLY:
            ARITHMETIC(a * b);
            break;
        case OP_DIVIDE:
            ARITHMETIC(a / b);
            break;
        case OP_MODULO:
            ARITHMETIC(modulo(a, b));
            break;
        case OP_FLOOR_DIVIDE:
            ARITHMETIC(__builtin_floor(a / b));
            break;
        case OP_ADD_CONSTANT:
            if (top[-1].type != TYPE_NUMBER || constants[operand].type != TYPE_NUMBER) {
                RAISE("arithmetic on what is no number");
            }
            top[-1].number += constants[operand].number;
            break;
        case OP_CONCAT: {
            vm.top = top;
            Value joined = concatenate(top[-2], top[-1]);
            if (vm.error) {
                return nil;
            }
            top--;
            top[-1] = joined;
            break;
        }
        case OP_EQUAL:
            top--;
            top[-1] = boolean_value(same(top[-1], top[0]));
            break;
        case OP_NOT_EQUAL:
            top--;
            top[-1] = boolean_value(!same(top[-1], top[0]));
            break;
        case OP_LESS:
            COMPARISON(<);
            break;
        case OP_LESS_EQUAL:
            COMPARISON(<=);
            break;
        case OP_GREATER:
            COMPARISON(>);
            break;
        case OP_GREATER_EQUAL:
            COMPARISON(>=);
            break;
        case OP_NEGATE:
            if (top[-1].type != TYPE_NUMBER) {
                RAISE("arithmetic on what is no number");
            }
            top[-1].number = -top[-1].number;
            break;
        case OP_NOT:
            top[-1] = boolean_value(!is_true(top[-1]));
            break;
        case OP_LENGTH:
            if (top[-1].type == TYPE_TABLE) {
                top[-1] = number_value(top[-1].table->count);
            } else if (top[-1].type == TYPE_STRING) {
                top[-1] = number_value(top[-1].string->length);
            } else {
                RAISE("only tables and strings have lengths");
            }
            break;
        case OP_JUMP:
            at = frame->closure->prototype->code + operand;
            break;
        case OP_JUMP_IF_FALSE:
            if (!is_true(*--top)) {
                at = frame->closure->prototype->code + operand;
            }
            break;
        case OP_AND:
            if (is_true(top[-1])) {
                top--;
            } else {
                at = frame->closure->prototype->code + operand;
            }
            break;
        case OP_OR:
            if (is_true(top[-1])) {
                at = frame->closure->prototype->code + operand;
            } else {
                top--;
            }
            break;
        case OP_FOR_PREPARE: {
            Value *loop = base + (*at++ >> 8);
            if (loop[0].type != TYPE_NUMBER || loop[1].type != TYPE_NUMBER || loop[2].type != TYPE_NUMBER) {
                RAISE("loops count with numbers");
            }
            loop[0].number -= loop[2].number;
            at = frame->closure->prototype->code + operand;
            break;
        }
        case OP_FOR_LOOP: {
            Value *loop = base + (*at++ >> 8);
            double step = loop[2].number, value = loop[0].number + step;
            loop[0].number = value;
            if (step > 0 ? value <= loop[1].number : value >= loop[1].number) {
                at = frame->closure->prototype->code + operand;
            }
            break;
        }
        case OP_EACH: {
            Value *loop = base + (*at++ >> 8);
            if (loop[0].type != TYPE_TABLE) {
                RAISE("only tables are gone through");
            }
            u32 next = next_pair(loop[0].table, (u32)loop[1].number, &top[0], &top[1]);
            if (next) {
                loop[1].number = next;
                top += 2;
            } else {
                at = frame->closure->prototype->code + operand;
            }
            break;
        }
        case OP_CALL: {
            Value *callee = top - operand - 1;
            if (callee->type == TYPE_NATIVE) {
                vm.top = top;
                frame->at = at;
                Value result = callee->native(callee + 1, operand);
                if (vm.error) {
                    return nil;
                }
                *callee = result;
                top = callee + 1;
                break;
            }
            if (callee->type != TYPE_FUNCTION) {
                RAISE("only functions are called");
            }
            frame->at = at;
            vm.top = top;
            if (!push_frame(callee, operand)) {
                return nil;
            }
            top = vm.top;
            frame = &vm.frames[vm.frame_count - 1];
            at = frame->at;
            base = frame->base;
            constants = frame->closure->prototype->constants;
            break;
        }
        case OP_RETURN: {
            Value result = top[-1];
            close_from(base);
            top = base;
            vm.frame_count--;
            if (vm.frame_count == until) {
                vm.top = top;
                return result;
            }
            *top++ = result;
            frame = &vm.frames[vm.frame_count - 1];
            at = frame->at;
            base = frame->base;
            constants = frame->closure->prototype->constants;
            break;
        }
        case OP_CLOSURE: {
            Prototype *prototype = frame->closure->prototype->inner[operand];
            vm.top = top;
            Closure *closure =
                new_object(OBJECT_CLOSURE, sizeof(Closure) + prototype->upvalue_count * sizeof(Upvalue *));
            closure->prototype = prototype;
            *top++ = (Value){.type = TYPE_FUNCTION, .closure = closure};
            vm.top = top;
            for (u32 i = 0; i < prototype->upvalue_count; i++) {
                u32 index = prototype->upvalues[i].index;
                closure->upvalues[i] =
                    prototype->upvalues[i].is_local ? capture(base + index) : frame->closure->upvalues[index];
            }
            break;
        }
        case OP_CLOSE:
            top--;
            close_from(top);
            break;
        }
    }
}

static Value call(Value callee, const Value *values, u32 count) {
    Value *place = vm.top;
    *vm.top++ = callee;
    for (u32 i = 0; i < count; i++) {
        *vm.top++ = values[i];
    }
    if (callee.type == TYPE_NATIVE) {
        Value result = callee.native(place + 1, count);
        vm.top = place;
        return result;
    }
    if (callee.type != TYPE_FUNCTION) {
        return raise("only functions are called");
    }
    return push_frame(place, count) ? execute(vm.frame_count - 1) : nil;
}

// ---- the library -------------------------------------------------------------------------------------------------

static Value native_print(Value *arguments, u32 count) {
    for (u32 i = 0; i < count; i++) {
        String *text = text_of(arguments[i]);
        vm.checksum = vm.checksum * 31 + text->hash;
    }
    return nil;
}

static Value native_floor(Value *arguments, u32 count) {
    return count && arguments[0].type == TYPE_NUMBER ? number_value(__builtin_floor(arguments[0].number)) : nil;
}

static Value native_sqrt(Value *arguments, u32 count) {
    return count && arguments[0].type == TYPE_NUMBER ? number_value(__builtin_sqrt(arguments[0].number)) : nil;
}

static Value native_sub(Value *arguments, u32 count) {
    if (count < 2 || arguments[0].type != TYPE_STRING || arguments[1].type != TYPE_NUMBER) {
        return raise("sub takes a string and numbers");
    }
    String *string = arguments[0].string;
    double from = arguments[1].number, to = count > 2 ? arguments[2].number : string->length;
    from = from < 1 ? 1 : from;
    to = to > string->length ? string->length : to;
    return string_value(to < from ? intern("", 0) : intern(string->bytes + (u32)from - 1, (u32)(to - from) + 1));
}

static Value native_byte(Value *arguments, u32 count) {
    if (count < 2 || arguments[0].type != TYPE_STRING || arguments[1].type != TYPE_NUMBER) {
        return raise("byte takes a string and a number");
    }
    double position = arguments[1].number;
    return position >= 1 && position <= arguments[0].string->length
        ? number_value((u8)arguments[0].string->bytes[(u32)position - 1])
        : nil;
}

static Value native_char(Value *arguments, u32 count) {
    char c = count && arguments[0].type == TYPE_NUMBER ? (char)(u8)arguments[0].number : 0;
    return string_value(intern(&c, 1));
}

static Value native_derive(Value *arguments, u32 count) {
    if (count < 2 || arguments[0].type != TYPE_TABLE || arguments[1].type != TYPE_TABLE) {
        return raise("derive takes two tables");
    }
    arguments[0].table->prototype = arguments[1].table;
    return arguments[0];
}

static int precedes(Value less, Value one, Value other) {
    if (less.type == TYPE_NIL) {
        return compare(one, other) < 0;
    }
    Value pair[] = {one, other};
    return is_true(call(less, pair, 2));
}

static void sort_items(Table *table, Value less, i32 low, i32 high) {
    while (low < high && !vm.error) {
        Value pivot = table->items[(low + high) / 2];
        i32 i = low, j = high;
        while (i <= j && !vm.error) {
            while (precedes(less, table->items[i], pivot) && i < high) {
                i++;
            }
            while (precedes(less, pivot, table->items[j]) && j > low) {
                j--;
            }
            if (i <= j) {
                Value swap = table->items[i];
                table->items[i++] = table->items[j];
                table->items[j--] = swap;
            }
        }
        if (j - low < high - i) {
            sort_items(table, less, low, j);
            low = i;
        } else {
            sort_items(table, less, i, high);
            high = j;
        }
    }
}

static Value native_sort(Value *arguments, u32 count) {
    if (!count || arguments[0].type != TYPE_TABLE) {
        return raise("sort takes a table");
    }
    sort_items(arguments[0].table, count > 1 ? arguments[1] : nil, 0, (i32)arguments[0].table->count - 1);
    return nil;
}

static void define(const char *name, Native native) {
    put(vm.globals, string_value(intern(name, length_of(name))), (Value){.type = TYPE_NATIVE, .native = native});
}

static void start_machine(void) {
    zero_bytes(&vm, sizeof vm);
    zero_bytes(free_small, sizeof free_small);
    zero_bytes(free_large, sizeof free_large);
    heap_used = 0;
    vm.top = vm.stack;
    vm.threshold = 1 << 20;
    vm.prototypes = allocate(256 * sizeof *vm.prototypes);
    vm.globals = new_table();
    define("print", native_print);
    define("floor", native_floor);
    define("sqrt", native_sqrt);
    define("sub", native_sub);
    define("byte", native_byte);
    define("char", native_char);
    define("derive", native_derive);
    define("sort", native_sort);
}

// ---- workload ----------------------------------------------------------------------------------------------------

static const char *const scripts[] = {
    "local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end\n"
    "print(fib(16 + size))\n",

    "local n = 3000 * size\n"
    "local composite = {}\n"
    "local count = 0\n"
    "for i = 2, n do\n"
    "  if not composite[i] then\n"
    "    count = count + 1\n"
    "    for j = i * i, n, i do composite[j] = true end\n"
    "  end\n"
    "end\n"
    "print(count)\n",

    "local Account = {}\n"
    "function Account:new(owner) return derive({owner = owner, balance = 0, log = {}}, Account) end\n"
    "function Account:deposit(v) self.balance = self.balance + v; self.log[#self.log + 1] = v end\n"
    "function Account:total() local s = 0 for i, v in self.log do s = s + v end return s end\n"
    "local accounts = {}\n"
    "for i = 1, 20 do accounts[i] = Account:new(\"owner\" .. i) end\n"
    "for i = 1, 1500 * size do accounts[i * 7 % 20 + 1]:deposit(i % 100) end\n"
    "for i, a in accounts do print(a.owner, a.balance, a:total()) end\n",

    "local words = {\"ash\", \"birch\", \"cedar\", \"date\", \"elm\", \"fir\", \"ginkgo\", \"hazel\"}\n"
    "local counts = {}\n"
    "local text = \"\"\n"
    "for i = 1, 400 * size do\n"
    "  local w = words[i * i % 8 + 1] .. (i % 13)\n"
    "  counts[w] = (counts[w] or 0) + 1\n"
    "  text = text .. sub(w, 1, 2)\n"
    "  if i % 50 == 0 then local j = i repeat j = j // 2 if j < 3 then break end until j == 5 print(j) end\n"
    "  if #text > 400 then print(text) text = sub(text, 200) end\n"
    "end\n"
    "local keys = {}\n"
    "for k, v in counts do keys[#keys + 1] = k end\n"
    "sort(keys, function(a, b) if counts[a] == counts[b] then return a < b end return counts[a] > counts[b] end)\n"
    "for i, k in keys do print(k, counts[k]) end\n",

    "local function compose(f, g) return function(x) return f(g(x)) end end\n"
    "local function counter() local n = 0 return function(d) n = n + d return n end end\n"
    "local add = counter()\n"
    "local f = function(x) return x + 1 end\n"
    "for i = 1, 5 do f = compose(f, function(x) return x * 2 % 1000003 + i end) end\n"
    "for i = 1, 500 * size do add(f(i)) end\n"
    "print(add(0))\n",

    "local n = 6 + size // 2\n"
    "local columns = {} local up = {} local down = {}\n"
    "local function place(row)\n"
    "  if row > n then return 1 end\n"
    "  local found = 0\n"
    "  for c = 1, n do\n"
    "    if not columns[c] and not up[row + c] and not down[row - c + n] then\n"
    "      columns[c] = true up[row + c] = true down[row - c + n] = true\n"
    "      found = found + place(row + 1)\n"
    "      columns[c] = false up[row + c] = false down[row - c + n] = false\n"
    "    end\n"
    "  end\n"
    "  return found\n"
    "end\n"
    "print(place(1))\n",

    "local bodies = {}\n"
    "for i = 1, 5 do bodies[i] = {x = i, y = i * 0.5, z = 1 / i, vx = 0, vy = 0.1 * i, vz = 0, m = i * 0.01} end\n"
    "for s = 1, 60 * size do\n"
    "  for i = 1, 5 do\n"
    "    local a = bodies[i]\n"
    "    for j = i + 1, 5 do\n"
    "      local b = bodies[j]\n"
    "      local dx = a.x - b.x local dy = a.y - b.y local dz = a.z - b.z\n"
    "      local d = dx * dx + dy * dy + dz * dz\n"
    "      local f = 0.01 / (d * sqrt(d))\n"
    "      a.vx = a.vx - dx * b.m * f a.vy = a.vy - dy * b.m * f a.vz = a.vz - dz * b.m * f\n"
    "      b.vx = b.vx + dx * a.m * f b.vy = b.vy + dy * a.m * f b.vz = b.vz + dz * a.m * f\n"
    "    end\n"
    "  end\n"
    "  for i, b in bodies do b.x = b.x + 0.01 * b.vx b.y = b.y + 0.01 * b.vy b.z = b.z + 0.01 * b.vz end\n"
    "end\n"
    "for i, b in bodies do print(floor(b.x * 1000), floor(b.y * 1000)) end\n",
};

static const char *const faulty[] = {
    "local = 1", "x = {1, 2", "if true print(1) end", "local t = nil print(t.x)", "local f = 1 f()", "print(1 + \"a\")",
    "print({} < {})", "function r(n) return r(n + 1) + 1 end r(0)",
};

static int run_one(const char *source, double scale) {
    start_machine();
    put(vm.globals, string_value(intern("size", 4)), number_value(scale));
    Prototype *prototype = compile(source);
    if (vm.error) {
        return 0;
    }
    Closure *closure = new_object(OBJECT_CLOSURE, sizeof(Closure));
    closure->prototype = prototype;
    call((Value){.type = TYPE_FUNCTION, .closure = closure}, 0, 0);
    return !vm.error;
}

EXPORT(run_script) double run_script(int scale) {
    u32 checksum = 0;
    for (int i = 0; i < COUNT(scripts); i++) {
        if (!run_one(scripts[i], scale)) {
            return -1 - i;
        }
        checksum = checksum * 16777619u + vm.checksum + vm.collections;
    }
    for (int i = 0; i < COUNT(faulty); i++) {
        if (run_one(faulty[i], scale)) {
            return -101 - i;
        }
        checksum = checksum * 31 + hash_bytes(vm.error, length_of(vm.error));
    }
    return checksum;
}
