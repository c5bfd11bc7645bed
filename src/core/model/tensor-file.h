/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemTensorFile: named arrays in one file, whatever its format; and the table of formats.
 *
 * A reader takes GBytes (a mapped file is one way to make them), checks everything it says about itself, and gives
 * a list of tensors whose data lies inside those bytes.  Nothing is converted.  Immutable, reference-counted. */
#pragma once

#include "core/model/dtype.h"
#include "core/model/file-map.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SEM_TENSOR_MAX_DIMS 8

typedef struct
{
  char *name;
  SemDtype dtype;
  guint n_dims;                         /* 0: a scalar */
  guint64 shape[SEM_TENSOR_MAX_DIMS];   /* outermost first: rows, columns */
  guint64 n_elements;
  const guint8 *data;                   /* n_bytes inside the file's bytes */
  gsize n_bytes;
} SemTensor;

typedef struct _SemTensorFile SemTensorFile;

/* One format: a line of the registry in tensor-file.c. */
typedef struct
{
  const char *id;                /* "safetensors" */
  const char *title;             /* for people */
  const char *const *suffixes;   /* ".safetensors", NULL-terminated */
  gboolean (*sniff) (const guint8 *head, gsize length); /* the first bytes of a file, at least 16 where there are */
  SemTensorFile *(*open) (GBytes *bytes, GError **error);
} SemTensorFormatClass;

/* The formats, NULL-terminated. */
const SemTensorFormatClass *const *sem_tensor_formats_get (void);
/* By content first, then by suffix; NULL when it is none of them. */
const SemTensorFormatClass *sem_tensor_format_guess (const char *name, GBytes *bytes);

/* For readers: an empty file over bytes; add tensors; keep metadata. */
SemTensorFile *sem_tensor_file_new (const SemTensorFormatClass *format, GBytes *bytes);
/* Takes name.  Errors: SEM_FORMAT_ERROR_BAD_VALUE for an empty, non-UTF-8 or repeated name. */
gboolean sem_tensor_file_add (SemTensorFile *self, const SemTensor *tensor, GError **error);
void sem_tensor_file_set_metadata (SemTensorFile *self, const char *key, const char *value);
/* What only this format knows; destroy frees it. */
void sem_tensor_file_set_extra (SemTensorFile *self, gpointer extra, GDestroyNotify destroy);
gpointer sem_tensor_file_get_extra (const SemTensorFile *self);
void sem_tensor_file_set_header_size (SemTensorFile *self, gsize n_bytes);

SemTensorFile *sem_tensor_file_ref (SemTensorFile *self);
void sem_tensor_file_unref (SemTensorFile *self);
const SemTensorFormatClass *sem_tensor_file_get_format (const SemTensorFile *self);
gsize sem_tensor_file_get_n (const SemTensorFile *self);
const SemTensor *sem_tensor_file_get (const SemTensorFile *self, gsize i); /* in the file's order */
const SemTensor *sem_tensor_file_find (const SemTensorFile *self, const char *name);
const char *sem_tensor_file_get_metadata (const SemTensorFile *self, const char *key);
GBytes *sem_tensor_file_get_bytes (const SemTensorFile *self);
/* Bytes before the tensors' data. */
gsize sem_tensor_file_get_header_size (const SemTensorFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemTensorFile, sem_tensor_file_unref)

G_END_DECLS
