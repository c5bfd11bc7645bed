/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Structs as JSON objects by a table: one line per field, so that reading and writing cannot disagree. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_FIELD_BOOLEAN,  /* gboolean */
  SEM_FIELD_ENUM,     /* an enum of int's size, by the words */
  SEM_FIELD_SIZE,     /* gsize; null is G_MAXSIZE */
  SEM_FIELD_DOUBLE,   /* finite double */
  SEM_FIELD_DOUBLE_3, /* three finite doubles in a row (a viewport) */
  SEM_FIELD_INTERNED, /* const char *, interned; null is NULL */
} SemFieldType;

typedef struct
{
  const char *key;
  SemFieldType type;
  gsize offset;
  const char *const *words; /* SEM_FIELD_ENUM: NULL-terminated, index = value */
} SemField;

/* A new JSON object with a key per field. */
json_t *sem_fields_to_json (const SemField *fields, gsize n_fields, const void *base);
/* Missing keys leave their field as it is.  path is put before the key in messages.  SEM_FORMAT_ERROR_BAD_VALUE. */
gboolean sem_fields_from_json (const SemField *fields, gsize n_fields, const json_t *object, const char *path, void *base, GError **error);

G_END_DECLS
