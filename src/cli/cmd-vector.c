/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vector: the numbers of one token. */
#include "cli/command.h"
#include "cli/commands.h"

#include "core/analysis/linalg.h"
#include "core/analysis/table.h"

static void
append_json (GString *out, const char *token, guint32 id, const double *values, gsize dim)
{
  g_string_append (out, "{\"token\":");
  sem_append_json_string (out, token);
  g_string_append_printf (out, ",\"id\":%u,\"dim\":%" G_GSIZE_FORMAT ",\"norm\":", id, dim);
  sem_append_number (out, sem_linalg_norm (dim, values));
  g_string_append (out, ",\"values\":[");
  for (gsize j = 0; j < dim; j++)
    {
      if (j > 0)
        g_string_append_c (out, ',');
      sem_append_number (out, values[j]);
    }
  g_string_append (out, "]}\n");
}

static void
append_text (GString *out, const char *token, guint32 id, const double *values, gsize dim)
{
  g_string_append_printf (out, "%s  id %u  %" G_GSIZE_FORMAT " numbers  norm ", token, id, dim);
  sem_append_number (out, sem_linalg_norm (dim, values));
  for (gsize j = 0; j < dim; j++)
    {
      g_string_append (out, j % 8 == 0 ? "\n" : " ");
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      g_string_append_printf (out, "%10s",
                              g_ascii_formatd (number, sizeof number, "%.6f", values[j]));
    }
  g_string_append_c (out, '\n');
}

int
sem_cmd_vector (int argc, char **argv)
{
  g_auto (SemCommandOptions) options = { NULL };
  g_autoptr (GError) error = NULL;
  guint32 id;
  if (!sem_command_parse ("TOKEN", SEM_TAKES_MODEL | SEM_TAKES_FORMAT | SEM_TAKES_OUTPUT, NULL,
                          argc, argv, &options)
      || !sem_command_check_arguments (&options, 1, 1))
    return SEM_EXIT_USAGE;
  g_autoptr (SemModel) model = sem_command_open_model (&options, &error);
  if (model == NULL || !sem_command_find_token (model, options.arguments[0], &id, &error))
    return sem_command_fail (error);

  gsize dim = sem_model_get_dim (model);
  const char *piece = sem_tokenizer_get_piece (sem_model_get_tokenizer (model), id);
  g_autofree double *values = g_new0 (double, MAX (dim, 1));
  sem_model_read_row (model, id, values);
  g_autoptr (GString) out = g_string_new (NULL);
  if (options.format == SEM_OUTPUT_JSON)
    append_json (out, piece, id, values, dim);
  else
    append_text (out, piece, id, values, dim);
  return sem_command_finish (&options, out->str, out->len);
}
