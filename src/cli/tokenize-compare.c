/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tokenize -m A -m B. */
#include "cli/tokenize-compare.h"

#include "core/tokenizer/compare.h"

#include <math.h>
#include <string.h>

typedef struct
{
  SemModel *model;
  SemEncoding *encoding;
} Side;

static void
side_clear (Side *side)
{
  g_clear_pointer (&side->encoding, sem_encoding_unref);
  g_clear_pointer (&side->model, sem_model_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

static gboolean
side_open (Side *side, const char *name, const char *text, gsize length, GError **error)
{
  side->model = sem_command_open_model_named (name, NULL, TRUE, error);
  if (side->model == NULL)
    return FALSE;
  side->encoding = sem_tokenizer_encode (sem_model_get_tokenizer (side->model), text,
                                         (gssize)length, SEM_ENCODE_TEMPLATE, NULL, error);
  if (side->encoding == NULL)
    g_prefix_error (error, "%s: ", name);
  return side->encoding != NULL;
}

static void
append_pieces (GString *out, const SemEncoding *encoding, gsize first, gsize n)
{
  for (gsize i = first; i < first + n; i++)
    {
      const char *piece = sem_encoding_get_piece (encoding, i);
      g_string_append (out, i > first ? " | " : "");
      g_string_append (out, piece != NULL ? piece : "");
    }
  if (n == 0)
    g_string_append (out, "(nothing)");
}

static void
append_counts (GString *out, const Side *side, const SemTokenRowCounts *counts)
{
  g_string_append_printf (out, "%s: %" G_GSIZE_FORMAT " tokens", sem_model_get_name (side->model),
                          counts->n_tokens);
  if (!isnan (counts->tokens_per_word))
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      g_ascii_formatd (number, sizeof number, "%.2f", counts->tokens_per_word);
      g_string_append_printf (out, ", %s per word", number);
    }
  if (counts->n_unknown > 0)
    g_string_append_printf (out, ", %" G_GSIZE_FORMAT " unknown", counts->n_unknown);
  g_string_append_c (out, '\n');
}

/* One stretch of the text a line; those cut differently are marked and show both rows. */
static char *
dup_text (const SemTokenComparison *comparison, const Side *a, const Side *b)
{
  GString *out = g_string_new (NULL);
  append_counts (out, a, &comparison->a);
  append_counts (out, b, &comparison->b);
  for (guint i = 0; i < comparison->segments->len; i++)
    {
      const SemTokenSegment *segment = &g_array_index (comparison->segments, SemTokenSegment, i);
      g_string_append_printf (out, "%s %6" G_GSIZE_FORMAT "-%-6" G_GSIZE_FORMAT " ",
                              segment->same ? " " : "*", segment->start, segment->end);
      append_pieces (out, a->encoding, segment->first_a, segment->n_a);
      if (!segment->same)
        {
          g_string_append (out, "   /   ");
          append_pieces (out, b->encoding, segment->first_b, segment->n_b);
        }
      g_string_append_c (out, '\n');
    }
  g_string_append_printf (out,
                          "boundaries: %" G_GSIZE_FORMAT
                          " in both, %u only in the first, %u only in "
                          "the second\n",
                          comparison->n_common, comparison->only_a->len, comparison->only_b->len);
  return g_string_free (out, FALSE);
}

int
sem_tokenize_compare (const SemCommandOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_auto (Side) a = { NULL, NULL };
  g_auto (Side) b = { NULL, NULL };
  gsize length;
  g_autofree char *text = sem_command_dup_text (options, &length, &error);
  if (text == NULL || !side_open (&a, options->models[0], text, length, &error)
      || !side_open (&b, options->models[1], text, length, &error))
    return sem_command_fail (error);
  SemTextCounts counts;
  sem_text_count (text, length, &counts);
  g_autoptr (SemTokenComparison) comparison
      = sem_tokenizer_compare (a.encoding, b.encoding, counts.n_words);
  g_autofree char *result = NULL;
  if (options->format == SEM_OUTPUT_JSON)
    {
      g_autofree char *json = sem_token_comparison_to_json (comparison, a.encoding, b.encoding,
                                                            sem_model_get_name (a.model),
                                                            sem_model_get_name (b.model));
      result = g_strconcat (json, "\n", NULL);
    }
  else
    result = dup_text (comparison, &a, &b);
  return sem_command_finish (options, result, strlen (result));
}
