/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a typed text to a vector. */
#include "core/model/model-query.h"

#include "core/error.h"

#include <string.h>

static gboolean
read_token (SemModel *model, SemEncoding *encoding, const SemToken *token, double *row)
{
  const char *text = sem_encoding_get_text (encoding, NULL);
  if ((token->flags & SEM_TOKEN_UNKNOWN) && token->start != SEM_NO_OFFSET
      && sem_model_read_unseen (model, text + token->start, token->end - token->start, row))
    return TRUE;
  return !(token->flags & SEM_TOKEN_UNKNOWN) && sem_model_read_row (model, token->id, row);
}

static gboolean
pool (SemModel *model, SemEncoding *encoding, double *sum, GArray *ids)
{
  gsize n_tokens, n_used = 0, dim = sem_model_get_dim (model);
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &n_tokens);
  g_autofree double *row = g_new (double, dim);
  memset (sum, 0, dim * sizeof *sum);
  for (gsize i = 0; i < n_tokens; i++)
    {
      if (!read_token (model, encoding, &tokens[i], row))
        continue;
      double weight = sem_model_get_token_weight (model, tokens[i].id);
      for (gsize j = 0; j < dim; j++)
        sum[j] += weight * row[j];
      if (ids != NULL && !(tokens[i].flags & SEM_TOKEN_UNKNOWN))
        g_array_append_val (ids, tokens[i].id);
      n_used++;
    }
  for (gsize j = 0; j < dim && n_used > 0; j++)
    sum[j] /= (double)n_used;
  return n_used > 0;
}

gboolean
sem_model_query (SemModel *model, const char *text, double *row, GArray *ids, GError **error)
{
  SemTokenizer *tokenizer = sem_model_get_tokenizer (model);
  guint32 id;
  if (sem_model_get_n_rows (model) == 0)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
                   "the model has no vectors: %s", sem_model_get_why_no_vectors (model));
      return FALSE;
    }
  if (sem_tokenizer_find (tokenizer, text, &id) && sem_model_read_row (model, id, row))
    {
      if (ids != NULL)
        g_array_append_val (ids, id);
      return TRUE;
    }
  g_autoptr (SemEncoding) encoding
      = sem_tokenizer_encode (tokenizer, text, -1, SEM_ENCODE_DEFAULT, NULL, error);
  if (encoding == NULL)
    return FALSE;
  if (pool (model, encoding, row, ids))
    return TRUE;
  g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_VOCABULARY,
               "nothing in '%.200s' has a vector in %s", text, sem_model_get_name (model));
  return FALSE;
}
