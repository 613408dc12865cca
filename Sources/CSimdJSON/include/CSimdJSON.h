// simdjson's document reader (https://simdjson.org, Apache 2.0) with a face that Swift can call.

#ifndef KK_CSIMDJSON_H
#define KK_CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// As many bytes behind a document may be looked at.
enum { KK_JSON_PADDING = 64 };

/// Holds one document at a time; a new one takes the place of the one before.
typedef struct kk_json_parser kk_json_parser;

/// A value of a document; it lives as long as the parser holds that document.
typedef struct {
    const void *_Nullable document;
    size_t index;
} kk_json_element;

/// The values of an array that are still to come.
typedef struct {
    kk_json_element next;
    kk_json_element end;
} kk_json_values;

/// Names to look for together: 64 at most, each shorter than 64 bytes.
typedef struct kk_json_names kk_json_names;

/// What an object has under a name: a value without a document where there is none, or it is null.
/// Of a string also its bytes, which live as long as the document.
typedef struct {
    kk_json_element value;
    const char *_Nullable bytes;
    size_t count;
} kk_json_found;

typedef enum {
    KK_JSON_NULL,
    KK_JSON_BOOL,
    KK_JSON_NUMBER,
    KK_JSON_STRING,
    KK_JSON_ARRAY,
    KK_JSON_OBJECT,
} kk_json_kind;

kk_json_parser *_Nullable kk_json_parser_create(void);
void kk_json_parser_destroy(kk_json_parser *_Nonnull parser);

/// The bytes of the largest document that it has had room for.
size_t kk_json_parser_capacity(const kk_json_parser *_Nonnull parser);

/// False where the bytes are not one whole JSON document in UTF-8. Behind the bytes is memory up
/// to `capacity`: where there is `KK_JSON_PADDING` of it, they are not copied.
bool kk_json_parse(
    kk_json_parser *_Nonnull parser,
    const uint8_t *_Nonnull bytes,
    size_t count,
    size_t capacity,
    kk_json_element *_Nonnull root
);

/// Whether no object within `element` has two members of one name (RFC 8259 4).
bool kk_json_has_unique_names(kk_json_element element);

kk_json_kind kk_json_kind_of(kk_json_element element);

/// The first member of that name; false where there is none, it is null, or `object` is none.
bool kk_json_member(
    kk_json_element object,
    const char *_Nonnull name,
    size_t name_length,
    kk_json_element *_Nonnull value
);

kk_json_names *_Nullable kk_json_names_create(void);
/// Adds a name, or `outer/inner` for a member of a member. False where there is no room for it.
/// The bytes must outlive the names.
bool kk_json_names_add(
    kk_json_names *_Nonnull names,
    const uint8_t *_Nonnull bytes,
    size_t count
);

/// Looks for the members of several names in one pass. `found` gets the first of each name, in the
/// order in which the names were added.
void kk_json_members(
    kk_json_element object,
    const kk_json_names *_Nonnull names,
    kk_json_found *_Nonnull found
);

/// The bytes live as long as the document.
bool kk_json_string(
    kk_json_element element,
    const char *_Nullable *_Nonnull bytes,
    size_t *_Nonnull count
);
bool kk_json_int64(kk_json_element element, int64_t *_Nonnull value);
bool kk_json_double(kk_json_element element, double *_Nonnull value);
bool kk_json_bool(kk_json_element element, bool *_Nonnull value);

/// False where `array` is none.
bool kk_json_values_of(kk_json_element array, kk_json_values *_Nonnull values);
/// False at the end.
bool kk_json_next(kk_json_values *_Nonnull values, kk_json_element *_Nonnull value);

#ifdef __cplusplus
}
#endif

#endif
