/* SPDX-License-Identifier: GPL-3.0-or-later */
/* neighbors: the nearest tokens of the whole vocabulary to a token, a text, or a sum like king -
 * man + woman. */
#include "cli/command.h"
#include "cli/commands.h"

#include "core/analysis/neighbors.h"
#include "core/analysis/table.h"
#include "core/analysis/terms.h"

#include <string.h>

#define DEFAULT_K 10
#define MAX_K 1000000

/* Arguments TOKEN, or TOKEN (- | +) TOKEN ... */
static gboolean
add_up (SemModel *model, char **arguments, double *sum, GArray *ids, GError **error)
{
  g_autoptr (GArray) terms = g_array_new (FALSE, FALSE, sizeof (SemTerm));
  for (gsize i = 0; arguments[i] != NULL; i++)
    {
      SemTerm term = { arguments[i], i > 0 && g_str_equal (arguments[i - 1], "-") };
      if (i % 2 == 1)
        continue;
      if (!sem_command_check_utf8 ("the token", arguments[i], strlen (arguments[i]), error))
        return FALSE;
      g_array_append_val (terms, term);
    }
  return sem_terms_add_up (model, (const SemTerm *)(gpointer)terms->data, terms->len, sum, ids,
                           error);
}

static gboolean
check_terms (char **arguments)
{
  guint n = g_strv_length (arguments);
  gboolean good = n % 2 == 1;
  for (guint i = 1; good && i < n; i += 2)
    good = g_str_equal (arguments[i], "-") || g_str_equal (arguments[i], "+");
  if (!good)
    sem_command_usage_error (
        "expected TOKEN, or TOKEN - TOKEN + TOKEN with blanks between; see --help");
  return good;
}

static void
append_neighbor (GString *out, SemModel *model, const SemNeighbor *neighbor)
{
  const char *piece = sem_tokenizer_get_piece (sem_model_get_tokenizer (model), neighbor->id);
  g_string_append_printf (out, "{\"id\":%u,\"piece\":", neighbor->id);
  sem_append_json_string (out, piece != NULL ? piece : "");
  g_string_append (out, ",\"cosine\":");
  sem_append_number (out, neighbor->cosine);
  g_string_append_c (out, '}');
}

/* raw: with the inputs left in, for a sum; else NULL. */
static void
append_json (GString *out,
             SemModel *model,
             const char *token,
             const GArray *found,
             const GArray *raw)
{
  g_string_append (out, "{\"token\":");
  sem_append_json_string (out, token);
  g_string_append (out, ",\"neighbors\":[");
  for (guint i = 0; i < found->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_neighbor (out, model, &g_array_index (found, SemNeighbor, i));
    }
  g_string_append_c (out, ']');
  if (raw != NULL && raw->len > 0 && found->len > 0)
    {
      g_string_append (out, ",\"winner\":");
      append_neighbor (out, model, &g_array_index (raw, SemNeighbor, 0));
      g_string_append (out, ",\"winner_without_inputs\":");
      append_neighbor (out, model, &g_array_index (found, SemNeighbor, 0));
    }
  g_string_append (out, "}\n");
}

static void
append_line (GString *out, SemModel *model, const SemNeighbor *neighbor, const char *note)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  const char *piece = sem_tokenizer_get_piece (sem_model_get_tokenizer (model), neighbor->id);
  g_string_append_printf (out, "%9s  %s  (%u)%s\n",
                          g_ascii_formatd (number, sizeof number, "%.6f", neighbor->cosine),
                          piece != NULL ? piece : "", neighbor->id, note);
}

static void
append_text (GString *out,
             SemModel *model,
             const char *token,
             const GArray *found,
             const GArray *raw)
{
  g_string_append_printf (out, "%s\n", token);
  if (raw != NULL && raw->len > 0)
    append_line (out, model, &g_array_index (raw, SemNeighbor, 0), "  raw winner, inputs left in");
  for (guint i = 0; i < found->len; i++)
    append_line (out, model, &g_array_index (found, SemNeighbor, i), "");
}

static void
append_csv (GString *out, SemModel *model, const GArray *found)
{
  g_string_append (out, "id,piece,cosine\r\n");
  for (guint i = 0; i < found->len; i++)
    {
      const SemNeighbor *neighbor = &g_array_index (found, SemNeighbor, i);
      const char *piece = sem_tokenizer_get_piece (sem_model_get_tokenizer (model), neighbor->id);
      g_auto (GStrv) parts = g_strsplit (piece != NULL ? piece : "", "\"", -1);
      g_autofree char *escaped = g_strjoinv ("\"\"", parts);
      g_string_append_printf (out, "%u,\"%s\",", neighbor->id, escaped);
      sem_append_number (out, neighbor->cosine);
      g_string_append (out, "\r\n");
    }
}

int
sem_cmd_neighbors (int argc, char **argv)
{
  g_auto (SemCommandOptions) options = { NULL };
  g_autoptr (GError) error = NULL;
  int k = DEFAULT_K;
  const GOptionEntry extra[] = {
    { "count", 'k', 0, G_OPTION_ARG_INT, &k, "How many (default 10)", "N" },
    { NULL },
  };
  if (!sem_command_parse ("TOKEN | TOKEN - TOKEN + TOKEN",
                          SEM_TAKES_MODEL | SEM_TAKES_FORMAT | SEM_TAKES_CSV | SEM_TAKES_OUTPUT,
                          extra, argc, argv, &options)
      || !sem_command_check_arguments (&options, 1, 99) || !check_terms (options.arguments))
    return SEM_EXIT_USAGE;
  if (k < 1 || k > MAX_K)
    return sem_command_usage_error ("-k %d: it can be 1 to %d", k, MAX_K);
  g_autoptr (SemModel) model = sem_command_open_model (&options, &error);
  if (model == NULL)
    return sem_command_fail (error);
  g_autofree double *query = g_new0 (double, MAX (sem_model_get_dim (model), 1));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  gboolean is_sum = options.arguments[1] != NULL;
  if (!add_up (model, options.arguments, query, ids, &error))
    return sem_command_fail (error);
  g_autoptr (GArray) found = sem_neighbors_find (
      model, query, (gsize)k, (const guint32 *)(gpointer)ids->data, ids->len, NULL, &error);
  g_autoptr (GArray) raw = found != NULL && is_sum
                               ? sem_neighbors_find (model, query, 1, NULL, 0, NULL, &error)
                               : NULL;
  if (found == NULL || error != NULL)
    return sem_command_fail (error);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *token = g_strjoinv (" ", options.arguments);
  if (options.format == SEM_OUTPUT_JSON)
    append_json (out, model, token, found, raw);
  else if (options.format == SEM_OUTPUT_CSV)
    append_csv (out, model, found);
  else
    append_text (out, model, token, found, raw);
  return sem_command_finish (&options, out->str, out->len);
}
