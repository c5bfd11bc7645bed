/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tokenize: loads a tokenizer, cuts texts with it, and prints the processor time of both as one
 * JSON object.
 *
 *   tokenize MODEL-OR-FOLDER FILE...          the best of three for each file
 *   tokenize MODEL-OR-FOLDER --growth         texts without a blank, 1 MB against 0.5 MB
 *
 * Processor time of this thread, so that what else runs on the machine hardly matters. */
#include "core/tokenizer/tokenizer.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define MEGABYTE 1000000

static double
get_cpu_ms (void)
{
  struct timespec now;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double
time_encoding (SemTokenizer *tokenizer, const char *text, gsize length, guint repeats, gsize *n)
{
  double best = G_MAXDOUBLE;
  for (guint i = 0; i < repeats; i++)
    {
      g_autoptr (GError) error = NULL;
      double start = get_cpu_ms ();
      g_autoptr (SemEncoding) encoding
          = sem_tokenizer_encode (tokenizer, text, (gssize)length, 0, NULL, &error);
      if (encoding == NULL)
        g_error ("%s", error->message);
      best = MIN (best, get_cpu_ms () - start);
      sem_encoding_get_tokens (encoding, n);
    }
  return best;
}

/* A megabyte of repetitions of a unit, cut at a character. */
static char *
repeat (const char *unit, gsize length)
{
  GString *text = g_string_sized_new (length + 64);
  while (text->len + strlen (unit) <= length)
    g_string_append (text, unit);
  return g_string_free (text, FALSE);
}

/* Letters that never repeat, without a blank, from a fixed generator. */
static char *
make_noise (const char *alphabet, gsize length)
{
  GString *text = g_string_sized_new (length + 8);
  glong n = g_utf8_strlen (alphabet, -1);
  guint64 state = 1;
  while (text->len < length)
    {
      state = state * G_GUINT64_CONSTANT (6364136223846793005) + 1442695040888963407;
      const char *at = g_utf8_offset_to_pointer (alphabet, (glong)((state >> 33) % (guint64)n));
      g_string_append_len (text, at, g_utf8_next_char (at) - at);
    }
  return g_string_free (text, FALSE);
}

static void
print_growth (SemTokenizer *tokenizer)
{
  const struct
  {
    const char *name;
    char *text;
  } cases[] = {
    { "same letter", repeat ("a", MEGABYTE) },
    { "no blank", make_noise ("etaoinshrdlucmfwypvbgkjqxzETAO", MEGABYTE) },
    { "no blank, digits and signs", make_noise ("abc012.,'-/_", MEGABYTE) },
    { "one word", repeat ("internationalization", MEGABYTE) },
    { "blanks", repeat (" ", MEGABYTE) },
    { "line ends", repeat ("\n", MEGABYTE) },
    { "digits", repeat ("7", MEGABYTE) },
    { "signs", repeat ("=", MEGABYTE) },
    { "apostrophes", repeat ("'", MEGABYTE) },
    { "marks", repeat ("\314\201", MEGABYTE) },
    { "accents", repeat ("e\314\201\314\243", MEGABYTE) },
    { "unknown", make_noise ("\360\223\200\200\360\223\200\201\360\223\200\202", MEGABYTE) },
    { "Chinese",
      make_noise ("\346\227\245\346\234\254\350\252\236\344\270\255\346\226\207", MEGABYTE) },
    { "emoji", repeat ("\360\237\221\251\342\200\215\360\237\221\247", MEGABYTE) },
    { "less-than", repeat ("<", MEGABYTE) },
    { "almost a token", repeat ("<|endoftext", MEGABYTE) },
    { "half-blank", repeat ("\342\226\201", MEGABYTE) },
    { "line ends with blanks", repeat (" \n", MEGABYTE) },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = strlen (cases[i].text), half = length / 2, n;
      while (((guint8)cases[i].text[half] & 0xc0) == 0x80)
        half--;
      double short_ms = time_encoding (tokenizer, cases[i].text, half, 2, &n);
      double long_ms = time_encoding (tokenizer, cases[i].text, length, 2, &n);
      printf ("%s\"%s\":{\"half_ms\":%.2f,\"ms\":%.2f,\"tokens\":%" G_GSIZE_FORMAT "}",
              i > 0 ? "," : "", cases[i].name, short_ms, long_ms, n);
      fflush (stdout);
      g_free (cases[i].text);
    }
}

static void
print_file (SemTokenizer *tokenizer, const char *path, gboolean first)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length, n;
  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("%s", error->message);
  double ms = time_encoding (tokenizer, text, length, 3, &n);
  printf ("%s\"%s\":{\"bytes\":%" G_GSIZE_FORMAT ",\"tokens\":%" G_GSIZE_FORMAT
          ",\"ms\":%.2f,\"mb_per_s\":%.2f}",
          first ? "" : ",", path, length, n, ms, (double)length / 1e3 / ms);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  struct rusage usage;
  if (argc < 2)
    return 2;
  double start = get_cpu_ms ();
  g_autoptr (SemTokenizer) tokenizer = sem_tokenizer_open (argv[1], NULL, &error);
  double load_ms = get_cpu_ms () - start;
  if (tokenizer == NULL)
    g_error ("%s", error->message);
  getrusage (RUSAGE_SELF, &usage);
  printf ("{\"load_ms\":%.2f,\"load_rss_kb\":%ld,\"texts\":{", load_ms, usage.ru_maxrss);
  if (argc > 2 && g_str_equal (argv[2], "--growth"))
    print_growth (tokenizer);
  else
    for (int i = 2; i < argc; i++)
      print_file (tokenizer, argv[i], i == 2);
  getrusage (RUSAGE_SELF, &usage);
  printf ("},\"peak_rss_kb\":%ld}\n", usage.ru_maxrss);
  return 0;
}
