/* SPDX-License-Identifier: GPL-3.0-or-later */
/* -m: a path, or a name that `models` lists. */
#include "cli/command.h"

#include "core/model/catalog.h"

#include <string.h>

SemModel *
sem_command_open_model_named (const char *name,
                              const char *tensor,
                              gboolean tokenizer_only_ok,
                              GError **error)
{
  if (tensor != NULL && !sem_command_check_utf8 ("--tensor", tensor, strlen (tensor), error))
    return NULL;
  const SemModelOpenOptions options = { .tensor = tensor, .tokenizer_only_ok = tokenizer_only_ok };
  if (name == NULL || g_file_test (name, G_FILE_TEST_EXISTS))
    return sem_model_open (name, &options, NULL, error);
  g_autofree char *path = sem_catalog_find_path (name);
  return sem_model_open (path != NULL ? path : name, &options, NULL, error);
}

SemModel *
sem_command_open_model (const SemCommandOptions *options, GError **error)
{
  return sem_command_open_model_named (options->models != NULL ? options->models[0] : NULL,
                                       options->tensor, FALSE, error);
}
