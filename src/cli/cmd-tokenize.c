/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tokenize: the tokens of a text, or with --lines of each line of standard input; of two models
 * side by side when two are given. */
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/tokenize-compare.h"

#include "core/analysis/table.h"
#include "core/error.h"
#include "core/tokenizer/explain.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Standard output gets what is ready once it is so much; a file is replaced as a whole at the end.
 */
#define SPILL_BYTES 65536

static gboolean
spill (GString *out, gboolean streams, GError **error)
{
  if (!streams || out->len < SPILL_BYTES)
    return TRUE;
  gboolean done = sem_command_write_more (out->str, out->len, error);
  g_string_truncate (out, 0);
  return done;
}

static void
append_token (GString *out, const SemEncoding *encoding, const SemToken *token, gsize index)
{
  gsize length;
  const char *piece = sem_encoding_get_piece_bytes (encoding, index, &length);
  gboolean covers = token->start != SEM_NO_OFFSET;
  g_string_append_printf (out, "{\"id\":%u,\"piece\":", token->id);
  sem_append_json_string_len (out, piece, (gssize)length);
  g_string_append_printf (
      out, ",\"start\":%" G_GINT64_FORMAT ",\"end\":%" G_GINT64_FORMAT ",\"special\":%s}",
      covers ? (gint64)token->start : -1, covers ? (gint64)token->end : -1,
      token->flags & (SEM_TOKEN_SPECIAL | SEM_TOKEN_TEMPLATE) ? "true" : "false");
}

static gboolean
append_json (GString *out,
             SemModel *model,
             const SemEncoding *encoding,
             gboolean streams,
             GError **error)
{
  gsize length, n_tokens;
  const char *text = sem_encoding_get_text (encoding, &length);
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &n_tokens);
  g_string_append (out, "{\"model\":");
  sem_append_json_string (out, sem_model_get_name (model));
  g_string_append (out, ",\"text\":");
  sem_append_json_string_len (out, text, (gssize)length);
  g_string_append (out, ",\"tokens\":[");
  for (gsize i = 0; i < n_tokens; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_token (out, encoding, &tokens[i], i);
      if (!spill (out, streams, error))
        return FALSE;
    }
  g_string_append (out, "]}\n");
  return TRUE;
}

/* One token a line: id, piece, bytes; template tokens have no bytes. */
static gboolean
append_text (GString *out, const SemEncoding *encoding, gboolean streams, GError **error)
{
  gsize n_tokens;
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &n_tokens);
  for (gsize i = 0; i < n_tokens; i++)
    {
      g_string_append_printf (out, "%7u  %s", tokens[i].id, sem_encoding_get_piece (encoding, i));
      if (tokens[i].start != SEM_NO_OFFSET)
        g_string_append_printf (out, "  %u-%u", tokens[i].start, tokens[i].end);
      g_string_append_c (out, '\n');
      if (!spill (out, streams, error))
        return FALSE;
    }
  return TRUE;
}

/* A line's answer is written when the line is done: a line that is refused leaves nothing behind.
 */
static gboolean
append_line (GString *out, SemModel *model, const char *text, gsize length, GError **error)
{
  g_autoptr (SemEncoding) encoding = sem_tokenizer_encode (
      sem_model_get_tokenizer (model), text, (gssize)length, SEM_ENCODE_TEMPLATE, NULL, error);
  return encoding != NULL && append_json (out, model, encoding, FALSE, error);
}

/* --- --lines --- */

static gboolean
tokenize_line (SemModel *model,
               const char *line,
               gsize length,
               guint64 number,
               GString *out,
               GError **error)
{
  json_error_t trouble;
  json_t *root = json_loadb (line, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, &trouble);
  const json_t *text = json_is_object (root) ? json_object_get (root, "text") : root;
  gboolean done = FALSE;
  if (root == NULL)
    g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                 "line %" G_GUINT64_FORMAT ", column %d: %s", number, trouble.column, trouble.text);
  else if (!json_is_string (text))
    g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                 "line %" G_GUINT64_FORMAT
                 ": expected a JSON string or an object with the string \"text\"",
                 number);
  else
    {
      done = append_line (out, model, json_string_value (text), json_string_length (text), error);
      if (!done)
        g_prefix_error (error, "line %" G_GUINT64_FORMAT ": ", number);
    }
  json_decref (root);
  return done;
}

static gboolean
tokenize_lines (SemModel *model, const char *output, GError **error)
{
  char *line = NULL;
  size_t size = 0;
  ssize_t length;
  guint64 number = 0;
  gboolean done = TRUE;
  g_autoptr (GString) out = g_string_new (NULL);
  /* With -o all is kept, because the file is replaced as a whole; standard output gets every line
   * as it is ready. */
  while (done && (length = getline (&line, &size, stdin)) >= 0)
    {
      number++;
      if (output == NULL)
        g_string_truncate (out, 0);
      done = tokenize_line (model, line, (gsize)length, number, out, error)
             && (output != NULL || sem_command_write_more (out->str, out->len, error));
    }
  free (line);
  if (done && output != NULL)
    return sem_command_write (output, out->str, out->len, error);
  return done && sem_command_write (NULL, "", 0, error);
}

/* --- one text --- */

static gboolean
append_explanation (GString *out, SemModel *model, const char *text, gsize length, GError **error)
{
  g_autoptr (SemExplanation) explanation
      = sem_tokenizer_explain (sem_model_get_tokenizer (model), text, (gssize)length, NULL, error);
  if (explanation == NULL)
    return FALSE;
  g_autofree char *json = sem_tokenizer_explain_to_json (explanation);
  g_string_append (out, json);
  g_string_append_c (out, '\n');
  return TRUE;
}

/* A long text's tokens are many times its size: the text goes before they come, and they are
 * written as they are put into words. */
static int
tokenize_one (const SemCommandOptions *options, SemModel *model, gboolean explain)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *text = sem_command_dup_text (options, &length, &error);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (SemEncoding) encoding = NULL;
  if (text == NULL || (explain && !append_explanation (out, model, text, length, &error)))
    return sem_command_fail (error);
  if (explain)
    return sem_command_finish (options, out->str, out->len);
  encoding = sem_tokenizer_encode_take (sem_model_get_tokenizer (model), g_steal_pointer (&text),
                                        length, SEM_ENCODE_TEMPLATE, NULL, &error);
  gboolean streams = options->output == NULL;
  if (encoding == NULL
      || !(options->format == SEM_OUTPUT_JSON ? append_json (out, model, encoding, streams, &error)
                                              : append_text (out, encoding, streams, &error)))
    return sem_command_fail (error);
  return sem_command_finish (options, out->str, out->len);
}

int
sem_cmd_tokenize (int argc, char **argv)
{
  gboolean lines = FALSE, explain = FALSE;
  const GOptionEntry entries[] = {
    { "explain", 0, 0, G_OPTION_ARG_NONE, &explain,
      "How the tokenizer got there, as JSON: normalised text, pre-tokens, tries, merges or lattice",
      NULL },
    { "lines", 0, 0, G_OPTION_ARG_NONE, &lines,
      "Read one JSON string or {\"text\": …} a line from standard input, write one object a line",
      NULL },
    { NULL },
  };
  g_auto (SemCommandOptions) options = { NULL };
  g_autoptr (GError) error = NULL;
  if (!sem_command_parse ("TEXT", SEM_TAKES_MODELS | SEM_TAKES_FORMAT | SEM_TAKES_OUTPUT, entries,
                          argc, argv, &options))
    return SEM_EXIT_USAGE;
  if (lines && options.arguments[0] != NULL && strcmp (options.arguments[0], "-") != 0)
    return sem_command_usage_error ("--lines reads standard input; '%s' is not read",
                                    options.arguments[0]);
  if (!lines && options.arguments[0] == NULL)
    return sem_command_usage_error (
        "no text given; write it after the options, or - for standard input");
  const guint n_models = options.models != NULL ? g_strv_length (options.models) : 0;
  if (n_models > 2 || (n_models == 2 && (lines || explain)))
    return sem_command_usage_error ("two models can be compared, on one text");
  if (lines && explain)
    return sem_command_usage_error ("--explain explains one text; --lines has many");
  if (n_models == 2)
    return sem_tokenize_compare (&options);
  g_autoptr (SemModel) model = sem_command_open_model_named (
      options.models != NULL ? options.models[0] : NULL, NULL, TRUE, &error);
  if (model == NULL)
    return sem_command_fail (error);
  if (lines)
    return tokenize_lines (model, options.output, &error) ? SEM_EXIT_OK : sem_command_fail (error);
  return tokenize_one (&options, model, explain);
}
