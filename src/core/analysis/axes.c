/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axes made of word pairs. */
#include "core/analysis/axes.h"

#include "core/analysis/linalg.h"
#include "core/error.h"

#include <math.h>
#include <string.h>

void
sem_axes_free (SemAxes *self)
{
  for (guint i = 0; i < 2; i++)
    {
      g_free (self->from[i]);
      g_free (self->to[i]);
      g_free (self->direction[i]);
      g_free (self->middle[i]);
    }
  g_free (self);
}

static gboolean
fail_to_parse (GError **error)
{
  g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_EMPTY,
               "two pairs of words are needed, like man:woman,small:big, of at most %d bytes",
               SEM_AXES_MAX_BYTES);
  return FALSE;
}

gboolean
sem_axes_parse (const char *description, char *words[4], GError **error)
{
  memset (words, 0, 4 * sizeof *words);
  if (description == NULL || strlen (description) > SEM_AXES_MAX_BYTES
      || !g_utf8_validate (description, -1, NULL))
    return fail_to_parse (error);
  g_auto (GStrv) pairs = g_strsplit (description, ",", 3);
  if (g_strv_length (pairs) != 2)
    return fail_to_parse (error);
  g_auto (GStrv) first = g_strsplit (pairs[0], ":", 3), second = g_strsplit (pairs[1], ":", 3);
  if (g_strv_length (first) != 2 || g_strv_length (second) != 2)
    return fail_to_parse (error);
  char *parts[4] = { g_strstrip (first[0]), g_strstrip (first[1]), g_strstrip (second[0]),
                     g_strstrip (second[1]) };
  for (guint i = 0; i < 4; i++)
    if (*parts[i] == '\0')
      return fail_to_parse (error);
  for (guint i = 0; i < 4; i++)
    words[i] = g_strdup (parts[i]);
  return TRUE;
}

SemAxes *
sem_axes_new_for_vectors (gsize dim,
                          const double *const from[2],
                          const double *const to[2],
                          GError **error)
{
  g_autoptr (SemAxes) self = g_new0 (SemAxes, 1);
  self->dim = dim;
  for (guint i = 0; i < 2; i++)
    {
      self->direction[i] = g_new0 (double, MAX (dim, 1));
      self->middle[i] = g_new0 (double, MAX (dim, 1));
      for (gsize j = 0; j < dim; j++)
        {
          self->direction[i][j] = to[i][j] - from[i][j];
          self->middle[i][j] = 0.5 * (to[i][j] + from[i][j]);
        }
      self->length[i] = sqrt (sem_linalg_dot (dim, self->direction[i], self->direction[i]));
      if (!(self->length[i] > 0.0) || !isfinite (self->length[i]))
        {
          g_set_error (
              error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SINGULAR,
              "the words of pair %u have the same vector: there is no direction between them",
              i + 1);
          return NULL;
        }
      for (gsize j = 0; j < dim; j++)
        self->direction[i][j] /= self->length[i];
    }
  double cosine = sem_linalg_dot (dim, self->direction[0], self->direction[1]);
  self->angle_deg = acos (CLAMP (cosine, -1.0, 1.0)) * 180.0 / G_PI;
  return g_steal_pointer (&self);
}

/* The vector of a word; a word of which no token is known has none. */
static gboolean
look_up (SemModel *model, const char *word, SemPooling pooling, double *vector, GError **error)
{
  g_autoptr (SemEncoding) encoding = sem_tokenizer_encode (sem_model_get_tokenizer (model), word,
                                                           -1, SEM_ENCODE_DEFAULT, NULL, error);
  if (encoding == NULL)
    return FALSE;
  gsize n_tokens, n_known = 0;
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &n_tokens);
  for (gsize i = 0; i < n_tokens; i++)
    n_known += !(tokens[i].flags & SEM_TOKEN_UNKNOWN);
  if (n_known > 0)
    return sem_pool_text (model, word, -1, pooling, vector, error);
  /* fastText makes a vector from the characters. */
  if (sem_model_read_unseen (model, word, strlen (word), vector))
    return TRUE;
  g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_VOCABULARY, "“%s” is not in the vocabulary",
               word);
  return FALSE;
}

SemAxes *
sem_axes_new (SemModel *model, const char *description, SemPooling pooling, GError **error)
{
  gsize dim = sem_model_get_dim (model);
  g_autofree double *vectors = g_new0 (double, MAX (4 * dim, 1));
  char *words[4];
  if (!sem_axes_parse (description, words, error))
    return NULL;
  gboolean found = TRUE;
  for (guint i = 0; i < 4 && found; i++)
    found = look_up (model, words[i], pooling, vectors + i * dim, error);
  const double *const from[2] = { vectors, vectors + 2 * dim };
  const double *const to[2] = { vectors + dim, vectors + 3 * dim };
  SemAxes *self = found ? sem_axes_new_for_vectors (dim, from, to, error) : NULL;
  for (guint i = 0; i < 4; i++)
    {
      if (self != NULL)
        *(i % 2 == 0 ? &self->from[i / 2] : &self->to[i / 2]) = words[i];
      else
        g_free (words[i]);
    }
  return self;
}

SemMatrix *
sem_axes_project (const SemAxes *self, const SemMatrix *rows, GError **error)
{
  gsize n = sem_matrix_get_n_rows (rows);
  if (sem_matrix_get_n_cols (rows) != self->dim)
    {
      g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE,
                   "vectors of %" G_GSIZE_FORMAT " numbers on axes of %" G_GSIZE_FORMAT,
                   sem_matrix_get_n_cols (rows), self->dim);
      return NULL;
    }
  g_autoptr (SemMatrix) result = sem_matrix_new (n, 2, error);
  if (result == NULL)
    return NULL;
  g_autofree double *away = g_new (double, MAX (self->dim, 1));
  for (gsize i = 0; i < n; i++)
    {
      const double *row = sem_matrix_get_row (rows, i);
      for (guint axis = 0; axis < 2; axis++)
        {
          for (gsize j = 0; j < self->dim; j++)
            away[j] = row[j] - self->middle[axis][j];
          sem_matrix_get_data (result)[2 * i + axis]
              = sem_linalg_dot (self->dim, away, self->direction[axis]);
        }
    }
  return g_steal_pointer (&result);
}
