/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands of semblance-cli share: one file per command (cmd-NAME.c), one line per command in main.c.
 *
 * A command gets its own argv (argv[0] is its name), parses it with sem_command_parse(), does its work with core and draw,
 * and ends with sem_command_finish() or sem_command_fail().  Exit status: 0 done, 1 the input or a file is bad (one line on
 * standard error), 2 wrong usage.  No locale is set: numbers, order and messages are the same everywhere, arguments are
 * bytes that must be UTF-8 where they are text. */
#pragma once

#include "core/analysis/comparison.h"

#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  SEM_EXIT_OK = 0,
  SEM_EXIT_BAD_INPUT = 1,
  SEM_EXIT_USAGE = 2,
};

typedef struct
{
  const char *name;      /* "tokenize" */
  const char *arguments; /* "TEXT", for the usage line */
  const char *summary;   /* one line for --help */
  int (*run) (int argc, char **argv);
} SemCommand;

typedef enum
{
  SEM_OUTPUT_TEXT, /* for people, the default */
  SEM_OUTPUT_JSON,
  SEM_OUTPUT_CSV,
} SemOutputFormat;

/* Which of the common options a command takes; the others are then unknown options. */
typedef enum
{
  SEM_TAKES_MODEL = 1 << 0,   /* -m, --model=MODEL, --tensor=NAME */
  SEM_TAKES_MODELS = 1 << 1,  /* the same, several times */
  SEM_TAKES_UNIT = 1 << 2,    /* --unit=KIND, --special */
  SEM_TAKES_CENTER = 1 << 3,  /* --center */
  SEM_TAKES_FORMAT = 1 << 4,  /* --format=text|json */
  SEM_TAKES_CSV = 1 << 5,     /* --format=csv as well */
  SEM_TAKES_OUTPUT = 1 << 6,  /* -o, --output=FILE */
} SemCommandTakes;

typedef struct
{
  char **models;      /* as given; NULL: the built-in one */
  char *tensor;       /* the matrix to take from it; NULL: the program chooses */
  SemUnitKind unit;
  gboolean special, center;
  SemOutputFormat format;
  char *output;       /* NULL: standard output */
  char *against;      /* the second of two texts, or NULL */
  char **arguments;   /* what is left: the text, a token, ...; never NULL, may be empty */
} SemCommandOptions;

void sem_command_options_clear (SemCommandOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SemCommandOptions, sem_command_options_clear)

/* sem_command_parse: fills options from argv; extra: the command's own options or NULL.  Use G_OPTION_ARG_FILENAME for
 * strings (G_OPTION_ARG_STRING would convert from the C locale).  --help prints and exits.  FALSE: it has said on standard
 * error what is wrong, return SEM_EXIT_USAGE. */
gboolean sem_command_parse (const char *arguments,
                            SemCommandTakes takes,
                            const GOptionEntry *extra,
                            int argc,
                            char **argv,
                            SemCommandOptions *options);

/* Exactly n arguments (between n and max); otherwise says so and is FALSE: return SEM_EXIT_USAGE. */
gboolean sem_command_check_arguments (const SemCommandOptions *options, guint n, guint max);

/* sem_command_dup_text: the arguments joined by one blank, or all of standard input when the only one is "-".  Always UTF-8.
 * Errors: SEM_TEXT_ERROR_ENCODING with the byte offset, SEM_TEXT_ERROR_EMPTY without an argument, G_IO_ERROR. */
char *sem_command_dup_text (const SemCommandOptions *options, gsize *length, GError **error);
/* NULL-domain check used for every text that comes from outside; what names it in the message ("line 3"). */
gboolean sem_command_check_utf8 (const char *what, const char *text, gsize length, GError **error);
/* All of a file, or of standard input for "-". */
GBytes *sem_command_read (const char *path, GError **error);

/* The model of -m (the built-in one without): a path, or a name that `models` lists. */
SemModel *sem_command_open_model (const SemCommandOptions *options, GError **error);
SemModel *sem_command_open_model_named (const char *name, const char *tensor, gboolean tokenizer_only_ok, GError **error);
/* The id of TOKEN: an exact piece of the vocabulary, or a text that is cut into one token.
 * Errors: SEM_TEXT_ERROR_VOCABULARY, naming the pieces it is cut into; SEM_TEXT_ERROR_ENCODING. */
gboolean sem_command_find_token (SemModel *model, const char *token, guint32 *id, GError **error);
/* The analysis of TEXT with the options given; a note on standard error when only the first units are used. */
SemAnalysis *sem_command_analyze (const SemCommandOptions *options, gboolean tokenizer_only_ok, GError **error);
/* The same of both models given with -m (sem_command_has_two()), compared. */
SemComparison *sem_command_compare (const SemCommandOptions *options,
                                    gboolean tokenizer_only_ok,
                                    gsize *first_text,
                                    GError **error);
gboolean sem_command_has_two (const SemCommandOptions *options);
/* Says what is wrong with more than two; FALSE: return SEM_EXIT_USAGE. */
gboolean sem_command_check_models (const SemCommandOptions *options);

/* With options->against TEXT and it, a blank line between them: rows and columns of a similarity.  *first_text (may be NULL)
 * gets how many paragraphs TEXT has, 0 when it stands by itself.  Errors: SEM_TEXT_ERROR_EMPTY when either has no words. */
SemAnalysis *sem_command_analyze_two (const SemCommandOptions *options,
                                      gboolean tokenizer_only_ok,
                                      gsize *first_text,
                                      GError **error);

/* Writes to -o or standard output and gives the exit status.  A file is replaced only when everything was written;
 * a device or pipe named by -o is written to.  A full disk or closed pipe is SEM_EXIT_BAD_INPUT with its sentence. */
int sem_command_finish (const SemCommandOptions *options, const char *data, gsize length);
gboolean sem_command_write (const char *output, const char *data, gsize length, GError **error);
/* More of a stream to standard output, through its buffer; end with sem_command_write (NULL, "", 0, error). */
gboolean sem_command_write_more (const char *data, gsize length, GError **error);
/* One line, "semblance-cli: ..." with the message's line breaks made blanks; returns SEM_EXIT_BAD_INPUT. */
int sem_command_fail (const GError *error);
/* The same for wrong usage; returns SEM_EXIT_USAGE. */
int sem_command_usage_error (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* FALSE, with a message, when --axes is not two pairs of words; NULL is well. */
gboolean sem_command_check_axes (const char *axes);

G_END_DECLS
