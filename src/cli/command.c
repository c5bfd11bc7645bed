/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options, input, output and errors that every command of semblance-cli shares. */
#include "cli/command.h"

#include "core/error.h"
#include "core/file-replace.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_INPUT_BYTES ((gsize)1 << 31)

/* --- options --- */

void
sem_command_options_clear (SemCommandOptions *options)
{
  g_clear_pointer (&options->models, g_strfreev);
  g_clear_pointer (&options->tensor, g_free);
  g_clear_pointer (&options->output, g_free);
  g_clear_pointer (&options->against, g_free);
  g_clear_pointer (&options->arguments, g_strfreev);
}

static gboolean
parse_format (const char *id, SemCommandTakes takes, SemOutputFormat *format)
{
  if (id == NULL)
    return TRUE;
  if (strcmp (id, "text") == 0)
    *format = SEM_OUTPUT_TEXT;
  else if (strcmp (id, "json") == 0)
    *format = SEM_OUTPUT_JSON;
  else if (strcmp (id, "csv") == 0 && (takes & SEM_TAKES_CSV))
    *format = SEM_OUTPUT_CSV;
  else
    {
      sem_command_usage_error ("--format=%s: it can be text%s json", id,
                               (takes & SEM_TAKES_CSV) ? ", csv or" : " or");
      return FALSE;
    }
  return TRUE;
}

/* The kinds of units by the id that --unit takes; kept beside the model layer's own list by asking
 * it. */
static gboolean
parse_unit (const char *id, SemUnitKind *unit)
{
  if (id == NULL || sem_unit_kind_from_id (id, unit))
    return TRUE;
  sem_command_usage_error ("--unit=%s: it can be token, word, sentence, paragraph or character",
                           id);
  return FALSE;
}

static void
add_entry (GArray *entries, GOptionEntry entry)
{
  g_array_append_val (entries, entry);
}

gboolean
sem_command_parse (const char *arguments,
                   SemCommandTakes takes,
                   const GOptionEntry *extra,
                   int argc,
                   char **argv,
                   SemCommandOptions *options)
{
  g_autofree char *unit = NULL, *format = NULL;
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  memset (options, 0, sizeof *options);
  if (takes & (SEM_TAKES_MODEL | SEM_TAKES_MODELS))
    add_entry (entries,
               (GOptionEntry){ "model", 'm', 0, G_OPTION_ARG_FILENAME_ARRAY, &options->models,
                               (takes & SEM_TAKES_MODELS)
                                   ? "A model's folder, file or name (default: the built-in one); "
                                     "given twice: both, compared"
                                   : "A model's folder, file or name (default: the built-in one)",
                               "MODEL" });
  if (takes & SEM_TAKES_MODEL)
    add_entry (entries, (GOptionEntry){
                            "tensor", 0, 0, G_OPTION_ARG_FILENAME, &options->tensor,
                            "Take this tensor as the embedding matrix (info lists them)", "NAME" });
  if (takes & SEM_TAKES_UNIT)
    {
      add_entry (entries,
                 (GOptionEntry){ "unit", 'u', 0, G_OPTION_ARG_FILENAME, &unit,
                                 "token, word, sentence, paragraph or character", "KIND" });
      add_entry (entries, (GOptionEntry){ "special", 0, 0, G_OPTION_ARG_NONE, &options->special,
                                          "Keep the special tokens as units", NULL });
    }
  if (takes & SEM_TAKES_CENTER)
    add_entry (entries, (GOptionEntry){ "center", 0, 0, G_OPTION_ARG_NONE, &options->center,
                                        "Subtract the mean of the units first", NULL });
  if (takes & (SEM_TAKES_FORMAT | SEM_TAKES_CSV))
    add_entry (entries,
               (GOptionEntry){ "format", 'f', 0, G_OPTION_ARG_FILENAME, &format,
                               (takes & SEM_TAKES_CSV) ? "text, json or csv" : "text or json",
                               "FORMAT" });
  if (takes & SEM_TAKES_OUTPUT)
    add_entry (entries, (GOptionEntry){ "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
                                        "Write to this file", "FILE" });
  for (const GOptionEntry *entry = extra; entry != NULL && entry->long_name != NULL; entry++)
    add_entry (entries, *entry);
  add_entry (entries, (GOptionEntry){ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
                                      &options->arguments, NULL, NULL });

  g_autofree char *program = g_strdup_printf ("semblance-cli %s", argv[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (arguments);
  g_auto (GStrv) copy = g_new0 (char *, argc + 1);
  for (int i = 0; i < argc; i++)
    copy[i] = g_strdup (i == 0 ? program : argv[i]);
  g_option_context_add_main_entries (context, (const GOptionEntry *)entries->data, NULL);
  if (!g_option_context_parse_strv (context, &copy, &error))
    {
      sem_command_usage_error ("%s", error->message);
      return FALSE;
    }
  if (options->arguments == NULL)
    options->arguments = g_new0 (char *, 1);
  if (!(takes & SEM_TAKES_MODELS) && options->models != NULL && options->models[1] != NULL)
    {
      sem_command_usage_error ("-m was given twice; %s takes one model", argv[0]);
      return FALSE;
    }
  return parse_unit (unit, &options->unit) && parse_format (format, takes, &options->format);
}

gboolean
sem_command_check_arguments (const SemCommandOptions *options, guint n, guint max)
{
  guint given = g_strv_length (options->arguments);
  if (given >= n && given <= max)
    return TRUE;
  if (given < n)
    sem_command_usage_error ("%u argument%s given, %u needed; see --help", given,
                             given == 1 ? "" : "s", n);
  else
    sem_command_usage_error ("one argument too many: '%s'; see --help", options->arguments[max]);
  return FALSE;
}

/* --- input --- */

gboolean
sem_command_check_utf8 (const char *what, const char *text, gsize length, GError **error)
{
  const char *from = text, *end = text + length, *stop;
  /* g_utf8_validate_len() takes U+0000 for an error; here it is a character like any other. */
  while (!g_utf8_validate_len (from, (gsize)(end - from), &stop))
    {
      if (*stop != '\0')
        {
          g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_ENCODING,
                       "%s is not UTF-8: byte 0x%02X at offset %" G_GSIZE_FORMAT, what,
                       (guint)(guchar)*stop, (gsize)(stop - text));
          return FALSE;
        }
      from = stop + 1;
    }
  return TRUE;
}

static GBytes *
read_stream (FILE *stream, const char *name, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 block[65536];
  gsize n;
  while ((n = fread (block, 1, sizeof block, stream)) > 0)
    {
      if (bytes->len + n > MAX_INPUT_BYTES)
        {
          g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                       "%s is larger than the allowed 2 GiB", name);
          return NULL;
        }
      g_byte_array_append (bytes, block, (guint)n);
    }
  if (ferror (stream))
    {
      int code = errno;
      g_set_error (error, G_IO_ERROR, (gint)g_io_error_from_errno (code), "reading %s: %s", name,
                   g_strerror (code));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

GBytes *
sem_command_read (const char *path, GError **error)
{
  if (strcmp (path, "-") == 0)
    return read_stream (stdin, "standard input", error);
  char *data;
  gsize length;
  if (!g_file_get_contents (path, &data, &length, error))
    return NULL;
  return g_bytes_new_take (data, length);
}

char *
sem_command_dup_text (const SemCommandOptions *options, gsize *length, GError **error)
{
  g_autofree char *text = NULL;
  gsize n;
  const char *what = "the text";
  if (options->arguments[0] == NULL)
    {
      g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_EMPTY,
                   "no text given; write it after the options, or - for standard input");
      return NULL;
    }
  if (strcmp (options->arguments[0], "-") == 0 && options->arguments[1] == NULL)
    {
      g_autoptr (GBytes) bytes = sem_command_read ("-", error);
      if (bytes == NULL)
        return NULL;
      const char *data = g_bytes_get_data (bytes, &n);
      text = g_malloc (n + 1);
      if (n > 0)
        memcpy (text, data, n);
      text[n] = '\0';
      what = "standard input";
    }
  else
    {
      text = g_strjoinv (" ", options->arguments);
      n = strlen (text);
    }
  if (!sem_command_check_utf8 (what, text, n, error))
    return NULL;
  *length = n;
  return g_steal_pointer (&text);
}

/* --- output --- */

static gboolean
set_write_error (const char *name, GError **error)
{
  int code = errno != 0 ? errno : EIO;
  g_set_error (error, G_IO_ERROR, (gint)g_io_error_from_errno (code), "writing %s: %s", name,
               g_strerror (code));
  return FALSE;
}

static gboolean
write_stream (FILE *stream, const char *name, const char *data, gsize length, GError **error)
{
  errno = 0;
  if (fwrite (data, 1, length, stream) == length && fflush (stream) == 0)
    return TRUE;
  return set_write_error (name, error);
}

gboolean
sem_command_write_more (const char *data, gsize length, GError **error)
{
  errno = 0;
  return fwrite (data, 1, length, stdout) == length || set_write_error ("standard output", error);
}

gboolean
sem_command_write (const char *output, const char *data, gsize length, GError **error)
{
  struct stat info;
  if (output == NULL || strcmp (output, "-") == 0)
    return write_stream (stdout, "standard output", data, length, error);
  /* Replacing /dev/full or a named pipe by a file would be wrong: those are written to. */
  if (stat (output, &info) == 0 && !S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode))
    {
      FILE *stream = fopen (output, "wb");
      gboolean done = stream != NULL && write_stream (stream, output, data, length, error);
      if (stream != NULL)
        fclose (stream);
      else
        g_set_error (error, G_IO_ERROR, (gint)g_io_error_from_errno (errno), "writing %s: %s",
                     output, g_strerror (errno));
      return done;
    }
  g_autoptr (GFile) file = g_file_new_for_path (output);
  if (sem_file_replace (file, data, length, G_FILE_CREATE_REPLACE_DESTINATION, NULL, error))
    return TRUE;
  g_prefix_error (error, "writing %s: ", output);
  return FALSE;
}

int
sem_command_finish (const SemCommandOptions *options, const char *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  if (!sem_command_write (options->output, data, length, &error))
    return sem_command_fail (error);
  return SEM_EXIT_OK;
}

static void
print_line (const char *message)
{
  g_autofree char *line = g_strdup (message);
  g_strdelimit (line, "\n\r", ' ');
  fprintf (stderr, "semblance-cli: %s\n", g_strchomp (line));
}

int
sem_command_fail (const GError *error)
{
  print_line (error->message);
  return SEM_EXIT_BAD_INPUT;
}

int
sem_command_usage_error (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  print_line (message);
  return SEM_EXIT_USAGE;
}
