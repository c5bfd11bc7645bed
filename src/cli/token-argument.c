/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TOKEN: an exact piece of the vocabulary, or a text that is one token. */
#include "cli/command.h"

#include "core/error.h"

#include <string.h>

gboolean
sem_command_find_token (SemModel *model, const char *token, guint32 *id, GError **error)
{
  SemTokenizer *tokenizer = sem_model_get_tokenizer (model);
  if (!sem_command_check_utf8 ("the token", token, strlen (token), error))
    return FALSE;
  if (sem_tokenizer_find (tokenizer, token, id))
    return TRUE;
  g_autoptr (SemEncoding) encoding
      = sem_tokenizer_encode (tokenizer, token, -1, SEM_ENCODE_DEFAULT, NULL, error);
  if (encoding == NULL)
    return FALSE;
  gsize n_tokens;
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &n_tokens);
  if (n_tokens == 1 && !(tokens[0].flags & SEM_TOKEN_UNKNOWN))
    {
      *id = tokens[0].id;
      return TRUE;
    }
  g_autoptr (GString) pieces = g_string_new (NULL);
  for (gsize i = 0; i < MIN (n_tokens, 8); i++)
    g_string_append_printf (pieces, " %s", sem_encoding_get_piece (encoding, i));
  g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_VOCABULARY,
               "'%s' is not one token of %s; it is cut into%s%s", token, sem_model_get_name (model),
               n_tokens == 0 ? " nothing" : pieces->str, n_tokens > 8 ? " ..." : "");
  return FALSE;
}
