/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GGUF (ggml, specification of 2025), versions 2 and 3, little-endian:
 *   1. "GGUF", u32 version, u64 number of tensors, u64 number of metadata entries
 *   2. the entries: string key, u32 type, value.  A string is u64 length + bytes; an array u32 type, u64 count, values
 *   3. the tensors: string name, u32 number of dimensions (1..4), u64 each, innermost first, u32 ggml type, u64 offset
 *   4. padding to general.alignment (32 when absent), then the data; offsets count from there and are aligned
 * Strings of general.* become the file's metadata (sem_tensor_file_get_metadata ()); all entries are found by key. */
#pragma once

#include "core/model/tensor-file.h"

G_BEGIN_DECLS

typedef enum
{
  SEM_GGUF_U8,
  SEM_GGUF_I8,
  SEM_GGUF_U16,
  SEM_GGUF_I16,
  SEM_GGUF_U32,
  SEM_GGUF_I32,
  SEM_GGUF_F32,
  SEM_GGUF_BOOL,
  SEM_GGUF_STRING,
  SEM_GGUF_ARRAY,
  SEM_GGUF_U64,
  SEM_GGUF_I64,
  SEM_GGUF_F64,
  SEM_GGUF_N_TYPES,
} SemGgufType;

/* A value in place: checked when the file was opened to lie inside it. */
typedef struct
{
  SemGgufType type;      /* SEM_GGUF_ARRAY: see item_type and n */
  SemGgufType item_type; /* of an array; else the type itself */
  guint64 n;             /* items of an array; else 1 */
  const guint8 *data;    /* a string begins with its u64 length */
  gsize n_bytes;
} SemGgufValue;

extern const SemTensorFormatClass sem_gguf_format;

/* Errors: SEM_FORMAT_ERROR, naming entry or tensor. */
SemTensorFile *sem_gguf_open (GBytes *bytes, GError **error);

/* The entry of a GGUF file, or NULL.  Borrowed. */
const SemGgufValue *sem_gguf_find (const SemTensorFile *file, const char *key);
/* A whole number of any integer type or bool; FALSE when value is NULL, of another type, or does not fit. */
gboolean sem_gguf_value_get_integer (const SemGgufValue *value, gint64 *out);
/* Item i of an array of integers or floats, as a double; i < n.  O(1). */
double sem_gguf_value_get_number (const SemGgufValue *value, guint64 i);
/* A string (not NUL-terminated), or NULL. */
const char *sem_gguf_value_get_string (const SemGgufValue *value, gsize *length);
/* Walks an array of strings: begin with *cursor = 0; NULL at the end. */
const char *sem_gguf_value_next_string (const SemGgufValue *value, gsize *cursor, gsize *length);

G_END_DECLS
