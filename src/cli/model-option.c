/* SPDX-License-Identifier: GPL-3.0-or-later */
/* -m: a path, or a name that `models` lists. */
#include "cli/command.h"

SemModel *
sem_command_open_model_named (const char *name, gboolean tokenizer_only_ok, GError **error)
{
  const SemModelOpenOptions options = { .tokenizer_only_ok = tokenizer_only_ok };
  return sem_model_open (name, &options, NULL, error);
}

SemModel *
sem_command_open_model (const SemCommandOptions *options, GError **error)
{
  return sem_command_open_model_named (options->models != NULL ? options->models[0] : NULL, FALSE,
                                       error);
}
