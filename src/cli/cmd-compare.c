/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compare: the cosine of two words or texts, and the sum behind it. */
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/sum-json.h"

#include "core/analysis/similarity.h"
#include "core/analysis/table.h"

#include <string.h>

static void
append_member (GString *out, const char *key, double value)
{
  g_string_append_printf (out, ",\"%s\":", key);
  sem_append_number (out, value);
}

static void
append_json (GString *out, const char *a, const char *b, const SemCosine *sum)
{
  g_string_append (out, "{\"a\":");
  sem_append_json_string (out, a);
  g_string_append (out, ",\"b\":");
  sem_append_json_string (out, b);
  append_member (out, "cosine", sum->cosine);
  append_member (out, "dot", sum->dot);
  append_member (out, "norm_a", sum->norm_a);
  append_member (out, "norm_b", sum->norm_b);
  append_member (out, "angle_deg", sum->angle_deg);
}

static void
append_text (GString *out, const char *a, const char *b, const SemCosine *sum)
{
  char number[5][G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (number[0], G_ASCII_DTOSTR_BUF_SIZE, "%.4f", sum->cosine);
  g_ascii_formatd (number[1], G_ASCII_DTOSTR_BUF_SIZE, "%.1f", sum->angle_deg);
  g_ascii_formatd (number[2], G_ASCII_DTOSTR_BUF_SIZE, "%.4f", sum->dot);
  g_ascii_formatd (number[3], G_ASCII_DTOSTR_BUF_SIZE, "%.4f", sum->norm_a);
  g_ascii_formatd (number[4], G_ASCII_DTOSTR_BUF_SIZE, "%.4f", sum->norm_b);
  g_string_append_printf (out, "%s – %s  cosine %s  angle %s°  %s  dot %s / (%s × %s)\n", a, b,
                          number[0], number[1], sem_cosine_get_word (sum->cosine), number[2],
                          number[3], number[4]);
}

int
sem_cmd_compare (int argc, char **argv)
{
  g_auto (SemCommandOptions) options = { NULL };
  g_autoptr (GError) error = NULL;
  gboolean explain = FALSE;
  const GOptionEntry extra[] = {
    { "explain", 0, 0, G_OPTION_ARG_NONE, &explain,
      "With --format=json: the largest terms of the dot product, and the tokens of both vectors",
      NULL },
    { NULL },
  };
  if (!sem_command_parse ("A B", SEM_TAKES_MODEL | SEM_TAKES_FORMAT | SEM_TAKES_OUTPUT, extra, argc,
                          argv, &options)
      || !sem_command_check_arguments (&options, 2, 2))
    return SEM_EXIT_USAGE;
  if (explain && options.format != SEM_OUTPUT_JSON)
    return sem_command_usage_error ("--explain needs --format=json");
  const char *a = options.arguments[0], *b = options.arguments[1];
  if (!sem_command_check_utf8 ("the first text", a, strlen (a), &error)
      || !sem_command_check_utf8 ("the second text", b, strlen (b), &error))
    return sem_command_fail (error);
  g_autoptr (SemModel) model = sem_command_open_model (&options, &error);
  if (model == NULL)
    return sem_command_fail (error);
  gsize dim = sem_model_get_dim (model);
  g_autofree double *x = g_new0 (double, 2 * MAX (dim, 1));
  double *y = x + dim;
  if (!sem_pool_text (model, a, -1, SEM_POOLING_MEAN, x, &error)
      || !sem_pool_text (model, b, -1, SEM_POOLING_MEAN, y, &error))
    return sem_command_fail (error);
  SemCosine sum;
  sem_cosine (x, y, dim, &sum);
  g_autoptr (GString) out = g_string_new (NULL);
  if (options.format != SEM_OUTPUT_JSON)
    append_text (out, a, b, &sum);
  else
    append_json (out, a, b, &sum);
  if (explain)
    {
      sem_append_dot_sum (out, x, y, dim);
      if (!sem_append_piece_sum (out, "pieces_a", model, a, x, &error)
          || !sem_append_piece_sum (out, "pieces_b", model, b, y, &error))
        return sem_command_fail (error);
    }
  if (options.format == SEM_OUTPUT_JSON)
    g_string_append (out, "}\n");
  return sem_command_finish (&options, out->str, out->len);
}
