/* SPDX-License-Identifier: GPL-3.0-or-later */
/* info: what a model is; --find looks for tokens in its vocabulary. */
#include "cli/command.h"
#include "cli/commands.h"

#include "core/analysis/table.h"
#include "core/model/vocab-search.h"

#include <string.h>

#define FOUND_SHOWN 50

static void
append_string_member (GString *out, const char *key, const char *value)
{
  g_string_append_printf (out, ",\"%s\":", key);
  if (value != NULL)
    sem_append_json_string (out, value);
  else
    g_string_append (out, "null");
}

static void
append_json (GString *out, SemModel *model, GPtrArray *facts)
{
  const char *const *candidates = sem_model_get_candidates (model);
  g_string_append (out, "{\"name\":");
  sem_append_json_string (out, sem_model_get_name (model));
  g_string_append_printf (out,
                          ",\"rows\":%" G_GSIZE_FORMAT ",\"dim\":%" G_GSIZE_FORMAT
                          ",\"vocabulary_size\":%" G_GSIZE_FORMAT,
                          sem_model_get_n_rows (model), sem_model_get_dim (model),
                          sem_tokenizer_get_vocab_size (sem_model_get_tokenizer (model)));
  append_string_member (out, "why_no_vectors", sem_model_get_why_no_vectors (model));
  for (guint i = 0; i < facts->len; i++)
    {
      const SemModelFact *fact = g_ptr_array_index (facts, i);
      g_autofree char *key = g_strdelimit (g_strdup (fact->key), " ", '_');
      append_string_member (out, key, fact->value);
    }
  g_string_append (out, ",\"candidates\":[");
  for (gsize i = 0; candidates[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      sem_append_json_string (out, candidates[i]);
    }
  g_string_append (out, "]}\n");
}

static void
append_text (GString *out, SemModel *model, GPtrArray *facts)
{
  const char *const *candidates = sem_model_get_candidates (model);
  g_string_append_printf (out, "%-15s %s\n", "name", sem_model_get_name (model));
  for (guint i = 0; i < facts->len; i++)
    {
      const SemModelFact *fact = g_ptr_array_index (facts, i);
      g_string_append_printf (out, "%-15s %s\n", fact->key, fact->value);
    }
  if (sem_model_get_why_no_vectors (model) != NULL)
    g_string_append_printf (out, "%-15s none: %s\n", "vectors",
                            sem_model_get_why_no_vectors (model));
  for (gsize i = 0; candidates[i] != NULL; i++)
    g_string_append_printf (out, "%-15s %s\n", i == 0 ? "other tensors" : "", candidates[i]);
}

/* #1234: by id; text*: by its beginning; else any part. */
static void
append_found (GString *out, SemModel *model, const char *wanted)
{
  gsize n_found, length = strlen (wanted);
  SemTokenizer *tokenizer = sem_model_get_tokenizer (model);
  gboolean by_id = wanted[0] == '#' && g_ascii_isdigit (wanted[1]);
  gboolean prefix = !by_id && length > 1 && wanted[length - 1] == '*';
  g_autofree char *text = g_strndup (by_id ? wanted + 1 : wanted, prefix ? length - 1 : length);
  SemVocabSearchMode mode = by_id    ? SEM_VOCAB_SEARCH_ID
                            : prefix ? SEM_VOCAB_SEARCH_PREFIX
                                     : SEM_VOCAB_SEARCH_SUBSTRING;
  g_autoptr (GArray) ids
      = sem_vocab_search (tokenizer, mode, text, FOUND_SHOWN, &n_found, NULL, NULL);
  for (guint i = 0; i < ids->len; i++)
    {
      guint32 id = g_array_index (ids, guint32, i);
      g_string_append_printf (out, "%9u  %s\n", id, sem_tokenizer_get_piece (tokenizer, id));
    }
  g_string_append_printf (out, "%" G_GSIZE_FORMAT " found%s\n", n_found,
                          n_found > ids->len ? ", the first are shown" : "");
}

int
sem_cmd_info (int argc, char **argv)
{
  g_auto (SemCommandOptions) options = { NULL };
  g_autofree char *wanted = NULL, *tensor = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry extra[] = {
    { "find", 0, 0, G_OPTION_ARG_FILENAME, &wanted,
      "List tokens with this in them (TEXT*: that begin so, #ID: from it on)", "TEXT" },
    { NULL },
  };
  if (!sem_command_parse ("[MODEL]", SEM_TAKES_MODEL | SEM_TAKES_FORMAT | SEM_TAKES_OUTPUT, extra,
                          argc, argv, &options)
      || !sem_command_check_arguments (&options, 0, 1))
    return SEM_EXIT_USAGE;
  const char *name = options.arguments[0] != NULL ? options.arguments[0]
                     : options.models != NULL     ? options.models[0]
                                                  : NULL;
  if (wanted != NULL && !sem_command_check_utf8 ("--find", wanted, strlen (wanted), &error))
    return sem_command_fail (error);
  g_autoptr (SemModel) model = sem_command_open_model_named (name, options.tensor, TRUE, &error);
  if (model == NULL)
    return sem_command_fail (error);
  g_autoptr (GPtrArray) facts = sem_model_dup_facts (model);
  g_autoptr (GString) out = g_string_new (NULL);
  if (wanted != NULL)
    append_found (out, model, wanted);
  else if (options.format == SEM_OUTPUT_JSON)
    append_json (out, model, facts);
  else
    append_text (out, model, facts);
  return sem_command_finish (&options, out->str, out->len);
}
