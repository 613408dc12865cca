#include "CSimdJSON.h"

#include <cstring>
#include <memory>
#include <new>
#include <simdjson.h>
#include <string_view>
#include <type_traits>
#include <unordered_set>

namespace dom = simdjson::dom;

static_assert(KK_JSON_PADDING >= simdjson::SIMDJSON_PADDING);

struct kk_json_parser {
    dom::parser parser;
};

struct kk_json_names {
    struct name {
        std::string_view text;
        // Where what is found goes; -1 where only members of it are looked for.
        int place = -1;
        std::unique_ptr<kk_json_names> inner;
    };
    name names[64];
    size_t count = 0;
    // By length, a bit for each of the names that have it.
    uint64_t of_length[64] = {};
    // Of all names, the inner ones among them; counted in the outermost.
    int place_count = 0;

    // The name of that text, made where there is none; null where there is no room.
    name *named(std::string_view text) {
        for (size_t index = 0; index < count; ++index) {
            if (names[index].text == text) return &names[index];
        }
        if (count == 64 || text.size() >= 64) return nullptr;
        of_length[text.size()] |= uint64_t(1) << count;
        names[count].text = text;
        return &names[count++];
    }
};

namespace {

// Elements and iterators of simdjson are a document and a place in it.
template <typename Value>
Value opened(const kk_json_element &element) {
    static_assert(sizeof(Value) == sizeof(kk_json_element));
    static_assert(std::is_trivially_copyable_v<Value>);
    Value value;
    std::memcpy(static_cast<void *>(&value), &element, sizeof value);
    return value;
}

template <typename Value>
kk_json_element closed(const Value &value) {
    static_assert(sizeof(Value) == sizeof(kk_json_element));
    kk_json_element element;
    std::memcpy(&element, static_cast<const void *>(&value), sizeof element);
    return element;
}

bool has_unique_names(const dom::element &element) {
    dom::array values;
    if (!element.get(values)) {
        for (dom::element value : values) {
            if (!has_unique_names(value)) return false;
        }
        return true;
    }
    dom::object members;
    if (element.get(members)) return true;
    std::unordered_set<std::string_view> names;
    for (dom::key_value_pair member : members) {
        if (!names.insert(member.key).second || !has_unique_names(member.value)) return false;
    }
    return true;
}

template <typename Word>
bool have_same_ends(const char *one, const char *other, size_t count) {
    Word words[4];
    std::memcpy(&words[0], one, sizeof(Word));
    std::memcpy(&words[1], other, sizeof(Word));
    std::memcpy(&words[2], one + count - sizeof(Word), sizeof(Word));
    std::memcpy(&words[3], other + count - sizeof(Word), sizeof(Word));
    return words[0] == words[1] && words[2] == words[3];
}

// Names are short, and a call for each would cost more than to compare them.
bool are_same(const char *one, const char *other, size_t count) {
    if (count > 16) return std::memcmp(one, other, count) == 0;
    if (count >= 8) return have_same_ends<uint64_t>(one, other, count);
    if (count >= 4) return have_same_ends<uint32_t>(one, other, count);
    for (size_t index = 0; index < count; ++index) {
        if (one[index] != other[index]) return false;
    }
    return true;
}

void find_members(const dom::element &object, const kk_json_names &names, kk_json_found *found) {
    dom::object members;
    if (object.get(members)) return;
    uint64_t missing = ~uint64_t(0);
    for (dom::key_value_pair member : members) {
        if (member.key.size() >= 64) continue;
        uint64_t candidates = names.of_length[member.key.size()] & missing;
        for (; candidates; candidates &= candidates - 1) {
            int index = __builtin_ctzll(candidates);
            const kk_json_names::name &name = names.names[index];
            if (!are_same(member.key.data(), name.text.data(), name.text.size())) continue;
            missing &= ~(uint64_t(1) << index);
            if (name.inner) find_members(member.value, *name.inner, found);
            if (name.place < 0 || member.value.is_null()) break;
            kk_json_found &own = found[name.place];
            own.value = closed(member.value);
            std::string_view text;
            if (!member.value.get(text)) {
                own.bytes = text.data();
                own.count = text.size();
            }
            break;
        }
    }
}

}  // namespace

kk_json_parser *kk_json_parser_create(void) {
    return new (std::nothrow) kk_json_parser;
}

void kk_json_parser_destroy(kk_json_parser *parser) {
    delete parser;
}

size_t kk_json_parser_capacity(const kk_json_parser *parser) {
    return parser->parser.capacity();
}

bool kk_json_parse(
    kk_json_parser *parser,
    const uint8_t *bytes,
    size_t count,
    size_t capacity,
    kk_json_element *root
) {
    // Room for a larger one is made for the next ones, too, which are seldom of the same size.
    size_t room = 4096;
    while (room < count) room *= 2;
    if (room > parser->parser.capacity() && parser->parser.allocate(room)) return false;
    dom::element element;
    bool is_padded = capacity >= count + KK_JSON_PADDING;
    if (parser->parser.parse(bytes, count, !is_padded).get(element)) return false;
    *root = closed(element);
    return true;
}

// As deep as the parser goes, which is 1024 by default.
bool kk_json_has_unique_names(kk_json_element element) {
    return has_unique_names(opened<dom::element>(element));
}

kk_json_kind kk_json_kind_of(kk_json_element element) {
    switch (opened<dom::element>(element).type()) {
    case dom::element_type::ARRAY: return KK_JSON_ARRAY;
    case dom::element_type::OBJECT: return KK_JSON_OBJECT;
    case dom::element_type::STRING: return KK_JSON_STRING;
    case dom::element_type::BOOL: return KK_JSON_BOOL;
    case dom::element_type::NULL_VALUE: return KK_JSON_NULL;
    default: return KK_JSON_NUMBER;
    }
}

bool kk_json_member(
    kk_json_element object,
    const char *name,
    size_t name_length,
    kk_json_element *value
) {
    dom::object members;
    if (opened<dom::element>(object).get(members)) return false;
    dom::element element;
    if (members.at_key(std::string_view(name, name_length)).get(element)) return false;
    if (element.is_null()) return false;
    *value = closed(element);
    return true;
}

kk_json_names *kk_json_names_create(void) {
    return new (std::nothrow) kk_json_names;
}

bool kk_json_names_add(kk_json_names *names, const uint8_t *bytes, size_t count) {
    std::string_view text(reinterpret_cast<const char *>(bytes), count);
    size_t slash = text.find('/');
    kk_json_names::name *name = names->named(text.substr(0, slash));
    if (name && slash != text.npos) {
        if (!name->inner) name->inner.reset(new (std::nothrow) kk_json_names);
        name = name->inner ? name->inner->named(text.substr(slash + 1)) : nullptr;
    }
    if (!name) return false;
    name->place = names->place_count++;
    return true;
}

void kk_json_members(kk_json_element object, const kk_json_names *names, kk_json_found *found) {
    std::memset(static_cast<void *>(found), 0, names->place_count * sizeof *found);
    find_members(opened<dom::element>(object), *names, found);
}

bool kk_json_string(kk_json_element element, const char **bytes, size_t *count) {
    std::string_view text;
    if (opened<dom::element>(element).get(text)) return false;
    *bytes = text.data();
    *count = text.size();
    return true;
}

bool kk_json_int64(kk_json_element element, int64_t *value) {
    return !opened<dom::element>(element).get(*value);
}

bool kk_json_double(kk_json_element element, double *value) {
    return !opened<dom::element>(element).get(*value);
}

bool kk_json_bool(kk_json_element element, bool *value) {
    return !opened<dom::element>(element).get(*value);
}

bool kk_json_values_of(kk_json_element array, kk_json_values *values) {
    dom::array elements;
    if (opened<dom::element>(array).get(elements)) return false;
    values->next = closed(elements.begin());
    values->end = closed(elements.end());
    return true;
}

bool kk_json_next(kk_json_values *values, kk_json_element *value) {
    auto next = opened<dom::array::iterator>(values->next);
    if (!(next != opened<dom::array::iterator>(values->end))) return false;
    *value = closed(*next);
    ++next;
    values->next = closed(next);
    return true;
}
