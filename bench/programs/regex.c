// Regular expressions: a parser to a tree, a compiler to a program, and three ways to run the program: in step with all
// alternatives at once (Pike), by backtracking, and by an automaton that is built while it runs. The workload searches
// logs that it makes and holds the three against each other.
#include "guest.h"

// ---- patterns as trees -------------------------------------------------------------------------------------------

typedef enum {
    NODE_EMPTY,
    NODE_SET,
    NODE_SEQUENCE,
    NODE_CHOICE,
    NODE_REPEAT,
    NODE_GROUP,
    NODE_ASSERTION,
    NODE_BACK_REFERENCE,
} NodeKind;

typedef enum { LINE_START, LINE_END, WORD_BOUNDARY, NO_WORD_BOUNDARY } Assertion;

typedef struct {
    u32 bits[8];
} Set;

typedef struct Node Node;

struct Node {
    NodeKind kind;
    Node *left, *right;
    i32 minimum, maximum; // Of a repetition; no maximum is -1.
    i32 greedy;
    i32 number; // Of a group or back reference; zero for a group that captures nothing.
    Assertion assertion;
    Set set;
};

enum { FLAG_IGNORE_CASE = 1, FLAG_DOT_ALL = 2 };

enum { MAXIMUM_REPEAT = 200, MAXIMUM_GROUPS = 10, MAXIMUM_DEPTH = 100 };

typedef struct {
    const char *at, *end;
    u32 flags;
    i32 groups;
    i32 depth;
    i32 has_assertions, has_back_references;
    const char *error;
} Parser;

static Node *new_node(NodeKind kind, Node *left, Node *right) {
    Node *node = allocate(sizeof(Node));
    zero_bytes(node, sizeof *node);
    node->kind = kind;
    node->left = left;
    node->right = right;
    return node;
}

static Node *refuse(Parser *parser, const char *error) {
    if (!parser->error) {
        parser->error = error;
    }
    return new_node(NODE_EMPTY, 0, 0);
}

static void set_add(Set *set, u32 c) {
    set->bits[c >> 5] |= 1u << (c & 31);
}

static inline int set_has(const Set *set, u32 c) {
    return set->bits[c >> 5] >> (c & 31) & 1;
}

static void set_add_range(Set *set, u32 from, u32 to) {
    for (u32 c = from; c <= to; c++) {
        set_add(set, c);
    }
}

static void set_invert(Set *set) {
    for (int i = 0; i < 8; i++) {
        set->bits[i] = ~set->bits[i];
    }
}

static void set_unite(Set *set, const Set *other) {
    for (int i = 0; i < 8; i++) {
        set->bits[i] |= other->bits[i];
    }
}

static void set_ignore_case(Set *set) {
    for (u32 c = 'a'; c <= 'z'; c++) {
        if (set_has(set, c) || set_has(set, c - 32)) {
            set_add(set, c);
            set_add(set, c - 32);
        }
    }
}

// \d \w \s and their opposites; false for other letters.
static int named_set(char letter, Set *set) {
    zero_bytes(set, sizeof *set);
    switch (letter | 32) {
    case 'd':
        set_add_range(set, '0', '9');
        break;
    case 'w':
        set_add_range(set, '0', '9');
        set_add_range(set, 'a', 'z');
        set_add_range(set, 'A', 'Z');
        set_add(set, '_');
        break;
    case 's':
        set_add_range(set, '\t', '\r');
        set_add(set, ' ');
        break;
    default:
        return 0;
    }
    if (!(letter & 32)) {
        set_invert(set);
    }
    return 1;
}

static i32 escaped_character(Parser *parser) {
    char c = *parser->at++;
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case '0':
        return 0;
    case 'x': {
        i32 value = 0;
        for (int i = 0; i < 2; i++) {
            char digit = parser->at < parser->end ? *parser->at++ : 0;
            if (digit >= '0' && digit <= '9') {
                value = value * 16 + digit - '0';
            } else if ((digit | 32) >= 'a' && (digit | 32) <= 'f') {
                value = value * 16 + (digit | 32) - 'a' + 10;
            } else {
                refuse(parser, "hexadecimal digits expected");
            }
        }
        return value;
    }
    default:
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            refuse(parser, "unknown escape");
        }
        return (u8)c;
    }
}

static Node *set_node(Parser *parser, const Set *set) {
    Node *node = new_node(NODE_SET, 0, 0);
    node->set = *set;
    if (parser->flags & FLAG_IGNORE_CASE) {
        set_ignore_case(&node->set);
    }
    return node;
}

static Node *character_node(Parser *parser, u32 c) {
    Set set = {{0}};
    set_add(&set, c);
    return set_node(parser, &set);
}

// One character or named set of a class; the character, or -1.
static i32 parse_class_item(Parser *parser, Set *set) {
    if (*parser->at != '\\') {
        return (u8)*parser->at++;
    }
    if (++parser->at == parser->end) {
        refuse(parser, "the class does not end");
        return -1;
    }
    Set named;
    if (named_set(*parser->at, &named)) {
        parser->at++;
        set_unite(set, &named);
        return -1;
    }
    return escaped_character(parser);
}

static Node *parse_class(Parser *parser) {
    Set set = {{0}};
    int inverted = parser->at < parser->end && *parser->at == '^';
    parser->at += inverted;
    for (int first = 1; parser->at < parser->end && (first || *parser->at != ']'); first = 0) {
        i32 from = parse_class_item(parser, &set);
        if (from < 0) {
            continue;
        }
        if (parser->at + 1 < parser->end && parser->at[0] == '-' && parser->at[1] != ']') {
            parser->at++;
            i32 to = parse_class_item(parser, &set);
            if (to < from) {
                return refuse(parser, "the range ends before it begins");
            }
            set_add_range(&set, (u32)from, (u32)to);
        } else {
            set_add(&set, (u32)from);
        }
    }
    if (parser->at == parser->end) {
        return refuse(parser, "the class does not end");
    }
    parser->at++;
    if (parser->flags & FLAG_IGNORE_CASE) {
        set_ignore_case(&set);
    }
    if (inverted) {
        set_invert(&set);
    }
    Node *node = new_node(NODE_SET, 0, 0);
    node->set = set;
    return node;
}

static Node *parse_choice(Parser *parser);

static Node *parse_group(Parser *parser) {
    i32 number = 0;
    if (parser->at + 1 < parser->end && parser->at[0] == '?' && parser->at[1] == ':') {
        parser->at += 2;
    } else if (parser->groups == MAXIMUM_GROUPS - 1) {
        return refuse(parser, "too many groups");
    } else {
        number = ++parser->groups;
    }
    if (parser->depth == MAXIMUM_DEPTH) {
        return refuse(parser, "groups are nested too deep");
    }
    parser->depth++;
    Node *content = parse_choice(parser);
    parser->depth--;
    if (parser->at == parser->end || *parser->at != ')') {
        return refuse(parser, "the group does not end");
    }
    parser->at++;
    Node *group = new_node(NODE_GROUP, content, 0);
    group->number = number;
    return group;
}

static Node *assertion_node(Parser *parser, Assertion assertion) {
    Node *node = new_node(NODE_ASSERTION, 0, 0);
    node->assertion = assertion;
    parser->has_assertions = 1;
    return node;
}

static Node *parse_escape(Parser *parser) {
    if (parser->at == parser->end) {
        return refuse(parser, "nothing is escaped");
    }
    char c = *parser->at;
    Set set;
    if (named_set(c, &set)) {
        parser->at++;
        return set_node(parser, &set);
    }
    if (c == 'b' || c == 'B') {
        parser->at++;
        return assertion_node(parser, c == 'b' ? WORD_BOUNDARY : NO_WORD_BOUNDARY);
    }
    if (c >= '1' && c <= '9') {
        parser->at++;
        if (c - '0' > parser->groups) {
            return refuse(parser, "there is no such group");
        }
        Node *node = new_node(NODE_BACK_REFERENCE, 0, 0);
        node->number = c - '0';
        parser->has_back_references = 1;
        return node;
    }
    return character_node(parser, (u32)escaped_character(parser));
}

static Node *parse_atom(Parser *parser) {
    char c = *parser->at++;
    switch (c) {
    case '(':
        return parse_group(parser);
    case '[':
        return parse_class(parser);
    case '\\':
        return parse_escape(parser);
    case '^':
        return assertion_node(parser, LINE_START);
    case '$':
        return assertion_node(parser, LINE_END);
    case '*':
    case '+':
    case '?':
        return refuse(parser, "nothing is repeated");
    case '.': {
        Set set = {{0}};
        if (!(parser->flags & FLAG_DOT_ALL)) {
            set_add(&set, '\n');
        }
        set_invert(&set);
        return set_node(parser, &set);
    }
    default:
        return character_node(parser, (u8)c);
    }
}

static i32 parse_number(Parser *parser) {
    i32 number = -1;
    while (parser->at < parser->end && *parser->at >= '0' && *parser->at <= '9') {
        number = (number < 0 ? 0 : number) * 10 + *parser->at++ - '0';
        if (number > MAXIMUM_REPEAT) {
            refuse(parser, "too many repetitions");
            return MAXIMUM_REPEAT;
        }
    }
    return number;
}

static Node *parse_repeat(Parser *parser) {
    Node *node = parse_atom(parser);
    while (parser->at < parser->end && !parser->error) {
        i32 minimum, maximum;
        switch (*parser->at) {
        case '*':
            minimum = 0, maximum = -1;
            break;
        case '+':
            minimum = 1, maximum = -1;
            break;
        case '?':
            minimum = 0, maximum = 1;
            break;
        case '{':
            parser->at++;
            minimum = maximum = parse_number(parser);
            if (minimum < 0) {
                return refuse(parser, "a number expected");
            }
            if (parser->at < parser->end && *parser->at == ',') {
                parser->at++;
                maximum = parse_number(parser);
            }
            if (parser->at == parser->end || *parser->at != '}' || (maximum >= 0 && maximum < minimum)) {
                return refuse(parser, "the repetition is not a range");
            }
            break;
        default:
            return node;
        }
        parser->at++;
        Node *repeat = new_node(NODE_REPEAT, node, 0);
        repeat->minimum = minimum;
        repeat->maximum = maximum;
        repeat->greedy = 1;
        if (parser->at < parser->end && *parser->at == '?') {
            repeat->greedy = 0;
            parser->at++;
        }
        node = repeat;
    }
    return node;
}

static Node *parse_sequence(Parser *parser) {
    Node *sequence = 0;
    while (parser->at < parser->end && *parser->at != '|' && *parser->at != ')' && !parser->error) {
        Node *next = parse_repeat(parser);
        sequence = sequence ? new_node(NODE_SEQUENCE, sequence, next) : next;
    }
    return sequence ? sequence : new_node(NODE_EMPTY, 0, 0);
}

static Node *parse_choice(Parser *parser) {
    Node *choice = parse_sequence(parser);
    while (parser->at < parser->end && *parser->at == '|' && !parser->error) {
        parser->at++;
        choice = new_node(NODE_CHOICE, choice, parse_sequence(parser));
    }
    return choice;
}

// ---- programs ----------------------------------------------------------------------------------------------------

typedef enum { OP_CHARACTER, OP_SET, OP_SPLIT, OP_JUMP, OP_SAVE, OP_ASSERT, OP_BACK_REFERENCE, OP_MATCH } Opcode;

typedef struct {
    u8 opcode;
    u8 value; // The character, slot, assertion or group.
    u16 set;
    u16 first, second; // Where a split or jump goes, the preferred way first.
} Instruction;

enum { MAXIMUM_PROGRAM = 4000, MAXIMUM_SETS = 256, SLOTS = 2 * MAXIMUM_GROUPS };

typedef struct {
    Instruction *code;
    u32 length;
    Set *sets;
    u32 set_count;
    u32 groups;
    i32 has_assertions, has_back_references;
    Set first; // The bytes that a match can begin with, if it cannot be empty.
    i32 can_be_empty;
    const char *error;
} Program;

static u32 emit(Program *program, Opcode opcode) {
    if (program->length == MAXIMUM_PROGRAM) {
        program->error = "the pattern is too large";
        return 0;
    }
    program->code[program->length] = (Instruction){.opcode = (u8)opcode};
    return program->length++;
}

static void emit_set(Program *program, const Set *set) {
    u32 members = 0, last = 0;
    for (u32 c = 0; c < 256; c++) {
        if (set_has(set, c)) {
            members++;
            last = c;
        }
    }
    if (members == 1) {
        program->code[emit(program, OP_CHARACTER)].value = (u8)last;
        return;
    }
    u32 index = 0;
    while (index < program->set_count && !same_bytes(&program->sets[index], set, sizeof *set)) {
        index++;
    }
    if (index == program->set_count) {
        if (index == MAXIMUM_SETS) {
            program->error = "too many classes";
            return;
        }
        program->sets[program->set_count++] = *set;
    }
    program->code[emit(program, OP_SET)].set = (u16)index;
}

static void set_targets(Program *program, u32 split, u32 into, u32 past, int greedy) {
    program->code[split].first = (u16)(greedy ? into : past);
    program->code[split].second = (u16)(greedy ? past : into);
}

static void emit_node(Program *program, const Node *node);

static void emit_repeat(Program *program, const Node *node) {
    for (i32 i = 0; i < node->minimum; i++) {
        emit_node(program, node->left);
    }
    if (node->maximum < 0) {
        u32 split = emit(program, OP_SPLIT);
        emit_node(program, node->left);
        program->code[emit(program, OP_JUMP)].first = (u16)split;
        set_targets(program, split, split + 1, program->length, node->greedy);
        return;
    }
    u32 splits[MAXIMUM_REPEAT];
    u32 count = (u32)(node->maximum - node->minimum);
    for (u32 i = 0; i < count; i++) {
        splits[i] = emit(program, OP_SPLIT);
        emit_node(program, node->left);
    }
    for (u32 i = 0; i < count; i++) {
        set_targets(program, splits[i], splits[i] + 1, program->length, node->greedy);
    }
}

static void emit_node(Program *program, const Node *node) {
    if (program->error) {
        return;
    }
    switch (node->kind) {
    case NODE_EMPTY:
        break;
    case NODE_SET:
        emit_set(program, &node->set);
        break;
    case NODE_SEQUENCE:
        emit_node(program, node->left);
        emit_node(program, node->right);
        break;
    case NODE_CHOICE: {
        u32 split = emit(program, OP_SPLIT);
        emit_node(program, node->left);
        u32 jump = emit(program, OP_JUMP);
        set_targets(program, split, split + 1, program->length, 1);
        emit_node(program, node->right);
        program->code[jump].first = (u16)program->length;
        break;
    }
    case NODE_REPEAT:
        emit_repeat(program, node);
        break;
    case NODE_GROUP:
        if (node->number) {
            program->code[emit(program, OP_SAVE)].value = (u8)(node->number * 2);
        }
        emit_node(program, node->left);
        if (node->number) {
            program->code[emit(program, OP_SAVE)].value = (u8)(node->number * 2 + 1);
        }
        break;
    case NODE_ASSERTION:
        program->code[emit(program, OP_ASSERT)].value = (u8)node->assertion;
        break;
    case NODE_BACK_REFERENCE:
        program->code[emit(program, OP_BACK_REFERENCE)].value = (u8)node->number;
        break;
    }
}

// Follows everything that consumes nothing from the start, to know the bytes that a match may begin with.
static void find_first(Program *program, u32 at, u8 *seen) {
    if (seen[at]) {
        return;
    }
    seen[at] = 1;
    const Instruction *instruction = &program->code[at];
    switch (instruction->opcode) {
    case OP_CHARACTER:
        set_add(&program->first, instruction->value);
        break;
    case OP_SET:
        set_unite(&program->first, &program->sets[instruction->set]);
        break;
    case OP_SPLIT:
        find_first(program, instruction->first, seen);
        find_first(program, instruction->second, seen);
        break;
    case OP_JUMP:
        find_first(program, instruction->first, seen);
        break;
    case OP_SAVE:
    case OP_ASSERT:
        find_first(program, at + 1, seen);
        break;
    default:
        program->can_be_empty = 1;
    }
}

static Program *compile(const char *pattern, u32 flags) {
    Program *program = allocate(sizeof(Program));
    zero_bytes(program, sizeof *program);
    Parser parser = {.at = pattern, .end = pattern + length_of(pattern), .flags = flags};
    Node *tree = parse_choice(&parser);
    if (!parser.error && parser.at < parser.end) {
        parser.error = "a group ends that did not begin";
    }
    program->error = parser.error;
    if (program->error) {
        return program;
    }
    program->code = allocate(MAXIMUM_PROGRAM * sizeof(Instruction));
    program->sets = allocate(MAXIMUM_SETS * sizeof(Set));
    program->groups = (u32)parser.groups + 1;
    program->has_assertions = parser.has_assertions;
    program->has_back_references = parser.has_back_references;
    emit(program, OP_SAVE);
    emit_node(program, tree);
    program->code[emit(program, OP_SAVE)].value = 1;
    emit(program, OP_MATCH);
    if (!program->error) {
        u8 *seen = allocate(program->length);
        zero_bytes(seen, program->length);
        find_first(program, 0, seen);
    }
    return program;
}

// ---- what all matchers share -------------------------------------------------------------------------------------

typedef struct {
    i32 slots[SLOTS]; // Start and end of each group; -1 for none.
} Captures;

typedef struct {
    const u8 *bytes;
    i32 length;
} Input;

static inline int is_word(const Input *input, i32 at) {
    if (at < 0 || at >= input->length) {
        return 0;
    }
    u8 c = input->bytes[at];
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static int holds(Assertion assertion, const Input *input, i32 at) {
    switch (assertion) {
    case LINE_START:
        return at == 0 || input->bytes[at - 1] == '\n';
    case LINE_END:
        return at == input->length || input->bytes[at] == '\n';
    case WORD_BOUNDARY:
        return is_word(input, at - 1) != is_word(input, at);
    default:
        return is_word(input, at - 1) == is_word(input, at);
    }
}

// The next place where a match may begin.
static i32 skip(const Program *program, const Input *input, i32 at) {
    if (!program->can_be_empty) {
        while (at < input->length && !set_has(&program->first, input->bytes[at])) {
            at++;
        }
    }
    return at;
}

// ---- all alternatives in step ------------------------------------------------------------------------------------

typedef struct {
    u16 *dense, *sparse;
    Captures *captures;
    u32 count;
} Threads;

typedef struct {
    const Program *program;
    Threads lists[2];
} Pike;

static Pike *new_pike(const Program *program) {
    Pike *pike = allocate(sizeof(Pike));
    pike->program = program;
    for (int i = 0; i < 2; i++) {
        Threads *threads = &pike->lists[i];
        threads->dense = allocate(program->length * sizeof(u16));
        threads->sparse = allocate(program->length * sizeof(u16));
        zero_bytes(threads->sparse, program->length * sizeof(u16));
        threads->captures = allocate(program->length * sizeof(Captures));
        threads->count = 0;
    }
    return pike;
}

static void add_thread(
    const Program *program, Threads *threads, u32 pc, Captures *captures, const Input *input, i32 at) {
    u32 place = threads->sparse[pc];
    if (place < threads->count && threads->dense[place] == pc) {
        return;
    }
    place = threads->count++;
    threads->dense[place] = (u16)pc;
    threads->sparse[pc] = (u16)place;
    const Instruction *instruction = &program->code[pc];
    switch (instruction->opcode) {
    case OP_JUMP:
        add_thread(program, threads, instruction->first, captures, input, at);
        break;
    case OP_SPLIT:
        add_thread(program, threads, instruction->first, captures, input, at);
        add_thread(program, threads, instruction->second, captures, input, at);
        break;
    case OP_SAVE: {
        i32 before = captures->slots[instruction->value];
        captures->slots[instruction->value] = at;
        add_thread(program, threads, pc + 1, captures, input, at);
        captures->slots[instruction->value] = before;
        break;
    }
    case OP_ASSERT:
        if (holds((Assertion)instruction->value, input, at)) {
            add_thread(program, threads, pc + 1, captures, input, at);
        }
        break;
    default:
        copy_bytes(&threads->captures[place], captures, program->groups * 2 * sizeof(i32));
    }
}

static int pike_search(Pike *pike, const Input *input, i32 start, Captures *result) {
    const Program *program = pike->program;
    Threads *now = &pike->lists[0], *next = &pike->lists[1];
    int matched = 0;
    now->count = 0;
    for (i32 at = start;; at++) {
        if (!matched) {
            if (now->count == 0) {
                at = skip(program, input, at);
            }
            Captures empty;
            for (u32 i = 0; i < program->groups * 2; i++) {
                empty.slots[i] = -1;
            }
            add_thread(program, now, 0, &empty, input, at);
        }
        if (now->count == 0) {
            return matched;
        }
        next->count = 0;
        i32 c = at < input->length ? input->bytes[at] : -1;
        for (u32 i = 0; i < now->count; i++) {
            u32 pc = now->dense[i];
            const Instruction *instruction = &program->code[pc];
            int goes_on = 0;
            switch (instruction->opcode) {
            case OP_CHARACTER:
                goes_on = c == instruction->value;
                break;
            case OP_SET:
                goes_on = c >= 0 && set_has(&program->sets[instruction->set], (u32)c);
                break;
            case OP_MATCH:
                *result = now->captures[i];
                matched = 1;
                now->count = i; // What is less preferred is cut off.
                break;
            }
            if (goes_on) {
                add_thread(program, next, pc + 1, &now->captures[i], input, at + 1);
            }
        }
        Threads *swap = now;
        now = next;
        next = swap;
        if (c < 0) {
            return matched;
        }
    }
}

// ---- one alternative after another -------------------------------------------------------------------------------

typedef struct {
    u32 pc; // RESTORE for a slot to be put back.
    i32 at;
    i32 slot;
} Choice;

enum { RESTORE = 0xFFFFFFFF, MAXIMUM_CHOICES = 1 << 16, VISITED_BITS = 1 << 20 };

typedef struct {
    const Program *program;
    Choice *stack;
    u32 *visited; // By place and instruction, where the same would fail again.
} Backtracker;

static Backtracker *new_backtracker(const Program *program) {
    Backtracker *backtracker = allocate(sizeof(Backtracker));
    backtracker->program = program;
    backtracker->stack = allocate(MAXIMUM_CHOICES * sizeof(Choice));
    backtracker->visited = allocate(VISITED_BITS / 8);
    return backtracker;
}

static i32 match_reference(const Input *input, i32 at, const Captures *captures, u32 group) {
    i32 from = captures->slots[group * 2], to = captures->slots[group * 2 + 1];
    if (from < 0 || to < 0 || to - from > input->length - at) {
        return -1;
    }
    return same_bytes(input->bytes + from, input->bytes + at, (u32)(to - from)) ? at + to - from : -1;
}

static void push(Backtracker *backtracker, u32 *depth, u32 pc, i32 at, i32 slot) {
    if (*depth == MAXIMUM_CHOICES) {
        fail();
    }
    backtracker->stack[(*depth)++] = (Choice){pc, at, slot};
}

static int match_here(Backtracker *backtracker, const Input *input, i32 start, Captures *captures) {
    const Program *program = backtracker->program;
    u32 depth = 0;
    int remembers = !program->has_back_references && (u64)program->length * (u32)(input->length + 1) <= VISITED_BITS;
    push(backtracker, &depth, 0, start, 0);
    while (depth) {
        Choice choice = backtracker->stack[--depth];
        if (choice.pc == RESTORE) {
            captures->slots[choice.slot] = choice.at;
            continue;
        }
        u32 pc = choice.pc;
        i32 at = choice.at;
        for (;;) {
            const Instruction *instruction = &program->code[pc];
            if (remembers && instruction->opcode == OP_SPLIT) {
                u32 bit = pc * (u32)(input->length + 1) + (u32)at;
                if (backtracker->visited[bit >> 5] >> (bit & 31) & 1) {
                    break;
                }
                backtracker->visited[bit >> 5] |= 1u << (bit & 31);
            }
            switch (instruction->opcode) {
            case OP_CHARACTER:
                if (at == input->length || input->bytes[at] != instruction->value) {
                    goto failed;
                }
                at++;
                pc++;
                break;
            case OP_SET:
                if (at == input->length || !set_has(&program->sets[instruction->set], input->bytes[at])) {
                    goto failed;
                }
                at++;
                pc++;
                break;
            case OP_SPLIT:
                push(backtracker, &depth, instruction->second, at, 0);
                pc = instruction->first;
                break;
            case OP_JUMP:
                pc = instruction->first;
                break;
            case OP_SAVE:
                push(backtracker, &depth, RESTORE, captures->slots[instruction->value], instruction->value);
                captures->slots[instruction->value] = at;
                pc++;
                break;
            case OP_ASSERT:
                if (!holds((Assertion)instruction->value, input, at)) {
                    goto failed;
                }
                pc++;
                break;
            case OP_BACK_REFERENCE:
                at = match_reference(input, at, captures, instruction->value);
                if (at < 0) {
                    goto failed;
                }
                pc++;
                break;
            default:
                return 1;
            }
        }
    failed:;
    }
    return 0;
}

static int backtracking_search(Backtracker *backtracker, const Input *input, i32 start, Captures *captures) {
    const Program *program = backtracker->program;
    u64 bits = (u64)program->length * (u32)(input->length + 1);
    if (!program->has_back_references && bits <= VISITED_BITS) {
        zero_bytes(backtracker->visited, (size)((bits + 31) / 32 * 4));
    }
    for (i32 at = skip(program, input, start); at <= input->length; at = skip(program, input, at + 1)) {
        for (u32 i = 0; i < program->groups * 2; i++) {
            captures->slots[i] = -1;
        }
        if (match_here(backtracker, input, at, captures)) {
            return 1;
        }
        if (at == input->length) {
            break;
        }
    }
    return 0;
}

// ---- an automaton, built while it runs ---------------------------------------------------------------------------

typedef struct State State;

struct State {
    State *next[256]; // By class of bytes; null where it was never gone.
    State *chain;     // Others of the same hash.
    u16 *pcs;
    u32 count;
    i32 matches;
};

enum { STATE_BUCKETS = 1024, MAXIMUM_STATES = 2000 };

typedef struct {
    const Program *program;
    u8 classes[256]; // Bytes that no instruction tells apart are one.
    u8 representative[256];
    u32 class_count;
    State **buckets;
    State *start;
    u32 states;
    u16 *pcs;
    u8 *seen;
    u32 pc_count;
} Automaton;

static void find_classes(Automaton *automaton) {
    const Program *program = automaton->program;
    for (u32 c = 0; c < 256; c++) {
        u32 class = 0;
        for (; class < automaton->class_count; class++) {
            u8 other = automaton->representative[class];
            int same = 1;
            for (u32 i = 0; i < program->length && same; i++) {
                const Instruction *instruction = &program->code[i];
                if (instruction->opcode == OP_CHARACTER) {
                    same = (instruction->value == c) == (instruction->value == other);
                } else if (instruction->opcode == OP_SET) {
                    const Set *set = &program->sets[instruction->set];
                    same = set_has(set, c) == set_has(set, other);
                }
            }
            if (same) {
                break;
            }
        }
        if (class == automaton->class_count) {
            automaton->representative[automaton->class_count++] = (u8)c;
        }
        automaton->classes[c] = (u8)class;
    }
}

static void close_over(Automaton *automaton, u32 pc) {
    if (automaton->seen[pc]) {
        return;
    }
    automaton->seen[pc] = 1;
    const Instruction *instruction = &automaton->program->code[pc];
    switch (instruction->opcode) {
    case OP_SPLIT:
        close_over(automaton, instruction->first);
        close_over(automaton, instruction->second);
        break;
    case OP_JUMP:
        close_over(automaton, instruction->first);
        break;
    case OP_SAVE:
        close_over(automaton, pc + 1);
        break;
    default:
        automaton->pcs[automaton->pc_count++] = (u16)pc;
    }
}

static void begin_state(Automaton *automaton) {
    automaton->pc_count = 0;
    zero_bytes(automaton->seen, automaton->program->length);
}

static State *intern_state(Automaton *automaton) {
    u32 bytes = automaton->pc_count * sizeof(u16);
    State **bucket = &automaton->buckets[hash_bytes(automaton->pcs, bytes) % STATE_BUCKETS];
    for (State *state = *bucket; state; state = state->chain) {
        if (state->count == automaton->pc_count && same_bytes(state->pcs, automaton->pcs, bytes)) {
            return state;
        }
    }
    if (automaton->states++ == MAXIMUM_STATES) {
        fail();
    }
    State *state = allocate(sizeof(State));
    zero_bytes(state, sizeof *state);
    state->pcs = allocate(bytes + 2);
    copy_bytes(state->pcs, automaton->pcs, bytes);
    state->count = automaton->pc_count;
    for (u32 i = 0; i < state->count; i++) {
        state->matches |= automaton->program->code[state->pcs[i]].opcode == OP_MATCH;
    }
    state->chain = *bucket;
    *bucket = state;
    return state;
}

static Automaton *new_automaton(const Program *program) {
    Automaton *automaton = allocate(sizeof(Automaton));
    zero_bytes(automaton, sizeof *automaton);
    automaton->program = program;
    automaton->buckets = allocate(STATE_BUCKETS * sizeof(State *));
    zero_bytes(automaton->buckets, STATE_BUCKETS * sizeof(State *));
    automaton->pcs = allocate(program->length * sizeof(u16));
    automaton->seen = allocate(program->length);
    find_classes(automaton);
    begin_state(automaton);
    close_over(automaton, 0);
    automaton->start = intern_state(automaton);
    return automaton;
}

static State *step(Automaton *automaton, const State *state, u32 class) {
    const Program *program = automaton->program;
    u32 c = automaton->representative[class];
    begin_state(automaton);
    for (u32 i = 0; i < state->count; i++) {
        const Instruction *instruction = &program->code[state->pcs[i]];
        if ((instruction->opcode == OP_CHARACTER && instruction->value == c) ||
            (instruction->opcode == OP_SET && set_has(&program->sets[instruction->set], c))) {
            close_over(automaton, state->pcs[i] + 1u);
        }
    }
    close_over(automaton, 0); // A match may begin anywhere.
    return intern_state(automaton);
}

// Where the first match to end ends, or -1.
static i32 automaton_search(Automaton *automaton, const Input *input) {
    State *state = automaton->start;
    for (i32 at = 0; at < input->length; at++) {
        if (state->matches) {
            return at;
        }
        u32 class = automaton->classes[input->bytes[at]];
        State *next = state->next[class];
        if (!next) {
            next = step(automaton, state, class);
            state->next[class] = next;
        }
        state = next;
    }
    return state->matches ? input->length : -1;
}

// ---- workload ----------------------------------------------------------------------------------------------------

typedef struct {
    u8 *bytes;
    u32 length;
} Buffer;

static void put(Buffer *buffer, const char *text) {
    u32 length = length_of(text);
    copy_bytes(buffer->bytes + buffer->length, text, length);
    buffer->length += length;
}

static void put_number(Buffer *buffer, u32 number, u32 digits) {
    for (u32 i = digits; i > 0; i--) {
        buffer->bytes[buffer->length + i - 1] = (u8)('0' + number % 10);
        number /= 10;
    }
    buffer->length += digits;
}

static const char *const levels[] = {"INFO", "WARN", "ERROR", "debug", "Trace"};
static const char *const hosts[] = {"alpha.example.org", "beta.example.net", "gamma.test", "delta.example.com"};
static const char *const phrases[] = {
    "request served", "cache cache miss", "user \"ann\" logged in", "timeout after", "retry", "disk is is full",
    "path=/srv/data/x.log", "id=deadbeef", "id=00ff17", "took 12.5ms", "took 900us", "mail to bob.smith@example.org",
    "see https://example.org/a/b?c=d&e=f#top", "aaaaaaaaaaaaaaaaaaaab", "colour or color", "<b>bold</b>", "x = y + 42",
};

static void make_line(Buffer *buffer) {
    put(buffer, "20");
    put_number(buffer, 20 + random_below(7), 2);
    put(buffer, "-");
    put_number(buffer, 1 + random_below(12), 2);
    put(buffer, "-");
    put_number(buffer, 1 + random_below(28), 2);
    put(buffer, " ");
    put(buffer, levels[random_below(COUNT(levels))]);
    put(buffer, " ");
    put(buffer, hosts[random_below(COUNT(hosts))]);
    put(buffer, ":");
    put_number(buffer, random_below(65536), 5);
    u32 count = 1 + random_below(4);
    for (u32 i = 0; i < count; i++) {
        put(buffer, i ? ", " : " ");
        put(buffer, phrases[random_below(COUNT(phrases))]);
    }
}

typedef struct {
    const char *pattern;
    u32 flags;
} Case;

static const Case cases[] = {
    {"(\\d{4})-(\\d\\d)-(\\d\\d)", 0},
    {"error|warn", FLAG_IGNORE_CASE},
    {"([a-z]+)\\.example\\.(org|net|com):(\\d+)", 0},
    {"\\b(\\w+) \\1\\b", 0},
    {"[\\w.]+@[\\w.]+\\.[a-z]{2,4}", FLAG_IGNORE_CASE},
    {"https?://([^/\\s]+)(/[^?#\\s]*)?(\\?[^#\\s]*)?", 0},
    {"^\\S+ (INFO|ERROR) .*took (\\d+(?:\\.\\d+)?)(ms|us)", 0},
    {"(a*)*b", 0},
    {"\"([^\"\\\\]|\\\\.)*\"", 0},
    {"<(\\w+)>.*?</\\1>", 0},
    {"colou?r", 0},
    {"(?:(?:x|y) ?[=+] ?){2}\\d+$", 0},
    {"id=(?:[0-9a-f]{2}){3,4}(?:,|$)", 0},
};

static const char *const faulty[] = {"(", ")", "[a", "a{2,1}", "*a", "\\q", "[z-a]", "\\2", "a{999}", "x\\"};

typedef struct {
    Program *program;
    Pike *pike;
    Backtracker *backtracker;
    Automaton *automaton;
} Search;

static Search prepare(const Case *one) {
    Search search = {.program = compile(one->pattern, one->flags)};
    if (search.program->error) {
        fail();
    }
    search.backtracker = new_backtracker(search.program);
    if (!search.program->has_back_references) {
        search.pike = new_pike(search.program);
        if (!search.program->has_assertions) {
            search.automaton = new_automaton(search.program);
        }
    }
    return search;
}

static u32 hash_captures(const Program *program, const Captures *captures, u32 hash) {
    for (u32 i = 0; i < program->groups * 2; i++) {
        hash = (hash ^ (u32)captures->slots[i]) * 16777619u;
    }
    return hash;
}

// All matches in a line, found by backtracking and in step; false where the two differ.
static int search_line(const Search *search, const Input *input, u32 *hash) {
    i32 at = 0, first_end = -1;
    while (at <= input->length) {
        Captures one, other;
        int found = backtracking_search(search->backtracker, input, at, &one);
        if (search->pike) {
            int also = pike_search(search->pike, input, at, &other);
            if (found != also || (found && hash_captures(search->program, &one, 1) !=
                                      hash_captures(search->program, &other, 1))) {
                return 0;
            }
        }
        if (!found) {
            break;
        }
        *hash = hash_captures(search->program, &one, *hash);
        if (first_end < 0) {
            first_end = one.slots[1];
        }
        at = one.slots[1] > one.slots[0] ? one.slots[1] : one.slots[1] + 1;
    }
    if (search->automaton) {
        i32 end = automaton_search(search->automaton, input);
        if ((end < 0) != (first_end < 0) || end > first_end) {
            return 0;
        }
    }
    return 1;
}

static u32 count_refusals(void) {
    u32 hash = 0;
    for (int i = 0; i < COUNT(faulty); i++) {
        const char *error = compile(faulty[i], 0)->error;
        if (!error) {
            fail();
        }
        hash = hash * 31 + hash_bytes(error, length_of(error));
    }
    return hash;
}

EXPORT(run_regex) double run_regex(int lines) {
    heap_used = 0;
    random_state = 0x9E3779B9;
    Search searches[COUNT(cases)];
    for (int i = 0; i < COUNT(cases); i++) {
        searches[i] = prepare(&cases[i]);
    }
    u32 hash = count_refusals();
    Buffer line = {allocate(1024), 0};
    for (int i = 0; i < lines; i++) {
        line.length = 0;
        make_line(&line);
        Input input = {line.bytes, (i32)line.length};
        for (int j = 0; j < COUNT(cases); j++) {
            if (!search_line(&searches[j], &input, &hash)) {
                return -1 - j;
            }
        }
    }
    return hash;
}
