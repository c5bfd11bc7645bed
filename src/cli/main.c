/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semblance-cli: dispatch to one file per command. */
#include "config.h"

#include "cli/command.h"
#include "cli/commands.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

/* In the order of --help.  A new command: its function in commands.h, its line here, its file in
 * meson.build. */
static const SemCommand COMMANDS[] = {
  { "tokenize", "TEXT", "The tokens of a text, with ids and byte offsets", sem_cmd_tokenize },
  { "vector", "TOKEN", "The vector of one token", sem_cmd_vector },
  { "similarity", "TEXT", "Cosine similarity between the units of a text", sem_cmd_similarity },
  { "project", "TEXT", "PCA coordinates of the units of a text", sem_cmd_project },
  { "compare", "A B", "The cosine of two words or texts, and its sum", sem_cmd_compare },
  { "neighbors", "TOKEN", "The nearest tokens of the whole vocabulary; A - B + C too",
    sem_cmd_neighbors },
  { "render", "TEXT -o FILE", "A picture as PNG, SVG or PDF", sem_cmd_render },
  { "models", "", "The models found on this computer", sem_cmd_models },
  { "info", "MODEL", "What a model is", sem_cmd_info },
  { "train", "CORPUS… -o DIR", "Trains a model from text files", sem_cmd_train },
  { "evaluate", "PAIRS…", "Compares a model with people's judgements", sem_cmd_evaluate },
  { "bench", "[NAME…]", "The numerical bars, as ratios to one BLAS call", sem_cmd_bench },
  { NULL, NULL, NULL, NULL },
};

static void
print_help (FILE *stream)
{
  fputs ("Usage: semblance-cli COMMAND [OPTION...] ARGUMENTS\n\n"
         "Shows what a language model does with words: tokens, vectors, similarity, PCA "
         "map.\n\nCommands:\n",
         stream);
  for (const SemCommand *command = COMMANDS; command->name != NULL; command++)
    {
      g_autofree char *usage = g_strdup_printf ("%s %s", command->name, command->arguments);
      fprintf (stream, "  %-26s %s\n", usage, command->summary);
    }
  fputs ("\nTEXT is joined from all arguments; - reads standard input.\n"
         "'semblance-cli COMMAND --help' lists a command's options; --version prints the version.\n"
         "Exit status: 0 done, 1 the input or a file is bad, 2 wrong usage.\n",
         stream);
}

int
main (int argc, char **argv)
{
  /* A reader that has gone away is an error of writing, with its sentence, not a silent death. */
  signal (SIGPIPE, SIG_IGN);
  if (argc < 2)
    {
      print_help (stderr);
      return SEM_EXIT_USAGE;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0
      || strcmp (argv[1], "help") == 0)
    {
      print_help (stdout);
      return SEM_EXIT_OK;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      puts ("semblance-cli " SEM_VERSION);
      return SEM_EXIT_OK;
    }
  for (const SemCommand *command = COMMANDS; command->name != NULL; command++)
    if (strcmp (argv[1], command->name) == 0)
      return command->run (argc - 1, argv + 1);
  return sem_command_usage_error ("no command '%s'; --help lists them", argv[1]);
}
