/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a model folder in the Hugging Face layout: tokenizer.json, config.json, model.safetensors.
 *
 * model.safetensors: 1. eight bytes, little-endian: size of the header; 2. the header, JSON padded with blanks to a multiple of
 * eight; 3. the one tensor, embeddings.weight, F16, n x dim, row-major, little-endian (safetensors 0.4). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;         /* for people */
  const char *licence;      /* SPDX, or NULL */
  GPtrArray *pieces;        /* char *, index = id */
  const float *rows;        /* pieces->len x dim */
  gsize dim;
  GHashTable *training;     /* char * -> char *: how it was trained, for config.json; or NULL */
} SemModelContents;

/* sem_model_writer_check: makes the folder and proves that a file can be written there.  Errors: G_IO_ERROR, G_FILE_ERROR. */
gboolean sem_model_writer_check (const char *folder, GError **error);
/* sem_model_writer_write: each file replaces its predecessor only when it is complete.
 * Errors: SEM_NUMERIC_ERROR_NOT_FINITE for a value that F16 cannot hold; G_FILE_ERROR. */
gboolean sem_model_writer_write (const char *folder, const SemModelContents *contents, GError **error);
/* A float as IEEE 754 half precision, rounded to nearest, ties to even; overflow gives infinity. */
guint16 sem_float_to_half (float value);

G_END_DECLS
