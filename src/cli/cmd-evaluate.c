/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semblance-cli evaluate: a model against people's judgements. */
#include "cli/command.h"
#include "cli/commands.h"
#include "core/train/evaluate.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static void
append_text (GString *out, const char *path, const SemEvaluation *result)
{
  g_autofree char *name = g_path_get_basename (path);
  const char *what = result->analogies ? "questions" : "pairs";

  if (result->analogies)
    g_string_append_printf (out, "%s: accuracy %.3f (%.3f with the question's words allowed)", name,
                            result->accuracy, result->accuracy_open);
  else if (isnan (result->spearman))
    g_string_append_printf (out, "%s: no correlation, all scores are equal", name);
  else
    g_string_append_printf (out, "%s: Spearman %.3f", name, result->spearman);
  g_string_append_printf (out,
                          ", %" G_GSIZE_FORMAT " %s, %" G_GSIZE_FORMAT
                          " with all words known, %" G_GSIZE_FORMAT
                          " with a word of several pieces\n",
                          result->n, what, result->n_known, result->n_several);
}

static json_t *
make_number (double value)
{
  return isnan (value) ? json_null () : json_real (value);
}

static json_t *
make_object (const char *path, const SemEvaluation *result)
{
  json_t *object = json_pack ("{s:s,s:s,s:I,s:I,s:I}", "file", path, "kind",
                              result->analogies ? "analogy" : "similarity", "n",
                              (json_int_t)result->n, "n_known", (json_int_t)result->n_known,
                              "n_several_pieces", (json_int_t)result->n_several);

  if (object == NULL) /* a path that is not UTF-8 */
    return json_null ();
  if (result->analogies)
    {
      json_object_set_new (object, "accuracy", make_number (result->accuracy));
      json_object_set_new (object, "accuracy_open", make_number (result->accuracy_open));
    }
  else
    {
      json_object_set_new (object, "spearman", make_number (result->spearman));
      json_object_set_new (object, "spearman_known", make_number (result->spearman_known));
    }
  return object;
}

int
sem_cmd_evaluate (int argc, char **argv)
{
  g_auto (SemCommandOptions) options = { 0 };
  g_autoptr (SemModel) model = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  json_t *root;

  if (!sem_command_parse ("PAIRS…", SEM_TAKES_MODEL | SEM_TAKES_FORMAT | SEM_TAKES_OUTPUT, NULL,
                          argc, argv, &options)
      || !sem_command_check_arguments (&options, 1, G_MAXUINT))
    return SEM_EXIT_USAGE;
  model = sem_command_open_model (&options, &error);
  if (model == NULL)
    return sem_command_fail (error);
  root = json_pack ("{s:s,s:[]}", "model", sem_model_get_name (model), "results");
  for (gsize i = 0; options.arguments[i] != NULL; i++)
    {
      SemEvaluation result;
      g_autoptr (GBytes) text = sem_command_read (options.arguments[i], &error);

      if (text == NULL || !sem_evaluate (model, text, NULL, &result, &error))
        {
          json_decref (root);
          if (text != NULL)
            g_prefix_error (&error, "%s: ", options.arguments[i]);
          return sem_command_fail (error);
        }
      append_text (out, options.arguments[i], &result);
      json_array_append_new (json_object_get (root, "results"),
                             make_object (options.arguments[i], &result));
    }
  if (options.format == SEM_OUTPUT_JSON)
    {
      char *text = json_dumps (root, JSON_COMPACT | JSON_REAL_PRECISION (17));

      g_string_assign (out, text);
      g_string_append_c (out, '\n');
      free (text);
    }
  json_decref (root);
  return sem_command_finish (&options, out->str, out->len);
}
