/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model object: made once by an opener, then only read. */
#include "core/model/model.h"

#include "config.h"
#include "core/error.h"
#include "core/model/model-private.h"

#include <string.h>

#define BUILTIN_FOLDER "models/semblance-en"

struct _SemModel
{
  gatomicrefcount ref_count;
  char *path;
  gboolean builtin;
  char *wanted_tensor; /* or NULL */
  SemModelParts parts;
  float *row_norms;           /* atomic; set once */
  guint64 first_map, end_map; /* the files it has mapped: sem_file_map_check() */
};

static void
free_fact (gpointer data)
{
  SemModelFact *fact = data;
  g_free (fact->value);
  g_free (fact);
}

void
sem_model_parts_add_fact (SemModelParts *parts, const char *key, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  SemModelFact *fact = g_new (SemModelFact, 1);
  fact->key = g_intern_string (key);
  fact->value = g_strdup_vprintf (format, args);
  va_end (args);
  if (parts->facts == NULL)
    parts->facts = g_ptr_array_new_with_free_func (free_fact);
  g_ptr_array_add (parts->facts, fact);
}

void
sem_model_parts_clear (SemModelParts *parts)
{
  g_clear_pointer (&parts->name, g_free);
  g_clear_pointer (&parts->tokenizer, sem_tokenizer_unref);
  g_clear_pointer (&parts->rows, sem_rows_unref);
  g_clear_pointer (&parts->why_no_vectors, g_free);
  g_clear_pointer (&parts->mapping, g_free);
  g_clear_pointer (&parts->weights, g_free);
  g_clear_pointer (&parts->hash, g_free);
  g_clear_pointer (&parts->tensor, g_free);
  g_clear_pointer (&parts->candidates, g_strfreev);
  g_clear_pointer (&parts->facts, g_ptr_array_unref);
}

char *
sem_data_dup_path (const char *relative)
{
  const char *folders[] = { g_getenv ("SEMBLANCE_DATADIR"), SEM_PKGDATADIR, SEM_SOURCE_DATADIR };
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      if (folders[i] == NULL || folders[i][0] == '\0')
        continue;
      g_autofree char *path = g_build_filename (folders[i], relative, NULL);
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return NULL;
}

char *
sem_model_dup_builtin_path (void)
{
  char *path = sem_data_dup_path (BUILTIN_FOLDER);
  return path != NULL ? path : g_build_filename (SEM_PKGDATADIR, BUILTIN_FOLDER, NULL);
}

static gboolean
open_parts (const SemModelRequest *request, SemModelParts *parts, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (request->cancellable, error))
    return FALSE;
  if (g_file_test (request->path, G_FILE_TEST_IS_DIR))
    return sem_model_folder_open (request, parts, error);
  if (g_file_test (request->path, G_FILE_TEST_EXISTS))
    return sem_model_file_open (request, parts, error);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "%s: no such file or folder",
               request->path);
  return FALSE;
}

/* A half that is missing is a refusal on the command line and an empty page in the window. */
static gboolean
check_vectors (const SemModelParts *parts, const SemModelRequest *request, GError **error)
{
  if (parts->rows != NULL || request->options->tokenizer_only_ok)
    return TRUE;
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING, "%s: %s", request->path,
               parts->why_no_vectors);
  return FALSE;
}

/* Asked for a tensor by name, a file that has none cannot just be opened as it is. */
static gboolean
check_tensor (const SemModelParts *parts, const SemModelRequest *request, GError **error)
{
  if (request->options->tensor == NULL || parts->tensor != NULL)
    return TRUE;
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
               "%s: tensor '%s' was asked for, but there are no tensors with names in it",
               request->path, request->options->tensor);
  return FALSE;
}

SemModel *
sem_model_open (const char *path,
                const SemModelOpenOptions *options,
                GCancellable *cancellable,
                GError **error)
{
  static const SemModelOpenOptions defaults;
  g_autofree char *builtin = sem_model_dup_builtin_path ();
  g_auto (SemModelParts) parts = { 0 };
  SemModelRequest request
      = { path != NULL ? path : builtin, options != NULL ? options : &defaults, cancellable };
  guint64 first_map = sem_file_map_get_next ();
  if (!open_parts (&request, &parts, error) || !check_vectors (&parts, &request, error)
      || !check_tensor (&parts, &request, error))
    return NULL;
  guint64 end_map = sem_file_map_get_next ();
  if (!sem_file_map_check (first_map, end_map, error))
    return NULL;
  SemModel *self = g_new0 (SemModel, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->path = g_strdup (request.path);
  self->builtin = path == NULL || g_str_equal (path, builtin);
  self->first_map = first_map;
  self->end_map = end_map;
  self->wanted_tensor = g_strdup (request.options->tensor);
  self->parts = parts;
  memset (&parts, 0, sizeof parts);
  if (self->parts.name == NULL)
    self->parts.name = sem_model_dup_display_name (self->path);
  if (self->parts.hash == NULL)
    self->parts.hash = g_strdup ("");
  return self;
}

gboolean
sem_model_check_files (const SemModel *self, GError **error)
{
  return sem_file_map_check (self->first_map, self->end_map, error);
}

SemModel *
sem_model_ref (SemModel *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_model_unref (SemModel *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  sem_model_parts_clear (&self->parts);
  g_free (self->row_norms);
  g_free (self->wanted_tensor);
  g_free (self->path);
  g_free (self);
}

const char *
sem_model_get_name (const SemModel *self)
{
  return self->parts.name;
}

const char *
sem_model_get_path (const SemModel *self)
{
  return self->path;
}

gboolean
sem_model_is_builtin (const SemModel *self)
{
  return self->builtin;
}

const char *
sem_model_get_wanted_tensor (const SemModel *self)
{
  return self->wanted_tensor;
}

SemTokenizer *
sem_model_get_tokenizer (const SemModel *self)
{
  return self->parts.tokenizer;
}

gsize
sem_model_get_n_rows (const SemModel *self)
{
  if (self->parts.rows == NULL)
    return 0;
  return self->parts.mapping != NULL ? self->parts.n_mapping : sem_rows_get_n (self->parts.rows);
}

gsize
sem_model_get_dim (const SemModel *self)
{
  return self->parts.rows != NULL ? sem_rows_get_dim (self->parts.rows) : 0;
}

const char *
sem_model_get_why_no_vectors (const SemModel *self)
{
  return self->parts.why_no_vectors;
}

gboolean
sem_model_read_row (const SemModel *self, guint32 id, double *row)
{
  if (id >= sem_model_get_n_rows (self))
    {
      memset (row, 0, sem_model_get_dim (self) * sizeof *row);
      return FALSE;
    }
  sem_rows_read (self->parts.rows, self->parts.mapping != NULL ? self->parts.mapping[id] : id, row);
  return TRUE;
}

gboolean
sem_model_read_unseen (const SemModel *self, const char *word, gsize length, double *row)
{
  memset (row, 0, sem_model_get_dim (self) * sizeof *row);
  return self->parts.read_unseen != NULL
         && self->parts.read_unseen (self->parts.unseen_data, word, length, row);
}

void
sem_model_read_rows_f32 (const SemModel *self, gsize first, gsize n, float *rows)
{
  gsize dim = sem_model_get_dim (self);
  g_return_if_fail (first <= sem_model_get_n_rows (self)
                    && n <= sem_model_get_n_rows (self) - first);
  if (self->parts.mapping == NULL)
    sem_rows_read_f32 (self->parts.rows, first, n, rows);
  else
    for (gsize i = 0; i < n; i++)
      sem_rows_read_f32 (self->parts.rows, self->parts.mapping[first + i], 1, rows + i * dim);
}

const float *
sem_model_get_rows_f32 (const SemModel *self)
{
  return self->parts.rows != NULL && self->parts.mapping == NULL
             ? sem_rows_get_f32 (self->parts.rows)
             : NULL;
}

const float *
sem_model_get_row_norms (SemModel *self)
{
  return g_atomic_pointer_get (&self->row_norms);
}

void
sem_model_keep_row_norms (SemModel *self, float *norms)
{
  if (!g_atomic_pointer_compare_and_exchange (&self->row_norms, NULL, norms))
    g_free (norms);
}

double
sem_model_get_token_weight (const SemModel *self, guint32 id)
{
  return id < self->parts.n_weights ? self->parts.weights[id] : 1.0;
}

gboolean
sem_model_get_normalizes (const SemModel *self)
{
  return self->parts.normalizes;
}

GPtrArray *
sem_model_dup_facts (const SemModel *self)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (free_fact);
  for (guint i = 0; self->parts.facts != NULL && i < self->parts.facts->len; i++)
    {
      const SemModelFact *fact = g_ptr_array_index (self->parts.facts, i);
      SemModelFact *mine = g_new (SemModelFact, 1);
      mine->key = fact->key;
      mine->value = g_strdup (fact->value);
      g_ptr_array_add (copy, mine);
    }
  return copy;
}

const char *
sem_model_get_hash (const SemModel *self)
{
  return self->parts.hash;
}

const char *
sem_model_get_tensor (const SemModel *self)
{
  return self->parts.tensor;
}

const char *const *
sem_model_get_candidates (const SemModel *self)
{
  static const char *const none[] = { NULL };
  return self->parts.candidates != NULL ? (const char *const *)self->parts.candidates : none;
}
