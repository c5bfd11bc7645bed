/* SPDX-License-Identifier: GPL-3.0-or-later */
/* driver: runs a fuzz target without libFuzzer, as an ordinary test.
 *
 *   fuzz-NAME [-n MUTATIONS] FILE-OR-FOLDER...
 *
 * Every file of the corpus is one TAP case, as it is; then MUTATIONS inputs are derived from the
 * corpus by a fixed generator (same corpus, same inputs, every time) and are one more case each
 * hundred.  A target fails by crashing, by a sanitizer's report or by hanging; the input that did
 * it is written to crash-NAME in the current folder before the program ends. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

/* A mutation never grows an input past this. */
#define MAX_INPUT_BYTES (1 << 20)
#define DEFAULT_MUTATIONS 2000
/* One input may take so long, in seconds; a valgrind or sanitizer run is slower, but not that much.
 */
#define HANG_SECONDS 60
/* All mutations together: a slow machine does fewer, and says so. */
#define BUDGET_SECONDS 25

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

typedef struct
{
  char *name;
  GBytes *bytes;
} Seed;

static const uint8_t *current_data;
static size_t current_size;
static char crash_path[256];

/* The state of a SplitMix64 generator: the sequence must never depend on the C library's. */
static guint64 random_state = 0x5e3b1a7ce;

static guint64
next_random (guint64 bound)
{
  guint64 z = (random_state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return (z ^ (z >> 31)) % bound;
}

/* Only calls that are allowed in a signal handler. */
static void
crash_cb (int number)
{
  static const char message[] = "Bail out! the target crashed or hung; its input is in ";
  int fd = open (crash_path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (fd >= 0)
    {
      (void)!write (fd, current_data, current_size);
      (void)close (fd);
    }
  (void)!write (STDOUT_FILENO, message, sizeof message - 1);
  (void)!write (STDOUT_FILENO, crash_path, strlen (crash_path));
  (void)!write (STDOUT_FILENO, "\n", 1);
  _exit (1);
}

static void
run_one (const guint8 *data, gsize size)
{
  /* A copy of exactly that size, so that a sanitizer sees one byte too many. */
  g_autofree guint8 *copy = g_memdup2 (data, size);
  current_data = copy;
  current_size = size;
  alarm (HANG_SECONDS);
  LLVMFuzzerTestOneInput (copy ? copy : (const uint8_t *)"", size);
  alarm (0);
  current_data = NULL;
  current_size = 0;
}

static void
seed_free (gpointer data)
{
  Seed *seed = data;
  g_free (seed->name);
  g_bytes_unref (seed->bytes);
  g_free (seed);
}

static int
compare_seeds (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(Seed *const *)a)->name, (*(Seed *const *)b)->name);
}

static void
collect_seeds (GPtrArray *seeds, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  char *contents;
  gsize length;
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      const char *name;
      dir = g_dir_open (path, 0, &error);
      if (!dir)
        g_error ("%s", error->message);
      while ((name = g_dir_read_name (dir)))
        {
          g_autofree char *child = g_build_filename (path, name, NULL);
          collect_seeds (seeds, child);
        }
      return;
    }
  if (!g_file_get_contents (path, &contents, &length, &error))
    g_error ("%s", error->message);
  Seed *seed = g_new (Seed, 1);
  seed->name = g_path_get_basename (path);
  seed->bytes = g_bytes_new_take (contents, length);
  g_ptr_array_add (seeds, seed);
}

/* Numbers that readers get wrong: limits of 8 to 64 bits, little-endian. */
static void
write_extreme (GByteArray *input, gsize at)
{
  static const guint64 extremes[] = {
    0,          1,           0x7f,        0x80,       0xff,        0x7fff,     0xffff,
    0x7fffffff, 0x80000000u, 0xffffffffu, G_MAXINT64, G_MAXUINT64, 1ull << 63, 1ull << 48,
  };
  static const gsize widths[] = { 1, 2, 4, 8 };
  guint64 value = GUINT64_TO_LE (extremes[next_random (G_N_ELEMENTS (extremes))]);
  gsize width = widths[next_random (G_N_ELEMENTS (widths))]; /* drawn once: MIN evaluates twice */
  width = MIN (width, input->len - at);
  memcpy (input->data + at, &value, width);
}

static void
insert_word (GByteArray *input, gsize at)
{
  static const char *const words[] = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\u0000",
    "\\ud800",
    "null",
    "true",
    "-1",
    "1e999",
    "18446744073709551616",
    "[[[[[[[[",
    "\xff",
    "\xc0\x80",
    "\xed\xa0\x80",
    "\xf4\x90\x80\x80",
    "\xef\xbb\xbf",
    "\n",
    "\r\n",
    "##",
    "\"id\":0,",
    ",",
    ":",
  };
  const char *word = words[next_random (G_N_ELEMENTS (words))];
  gsize length = strlen (word), tail = input->len - at;
  if (input->len + length > MAX_INPUT_BYTES)
    return;
  g_byte_array_set_size (input, input->len + (guint)length);
  memmove (input->data + at + length, input->data + at, tail);
  memcpy (input->data + at, word, length);
}

static void
mutate_once (GByteArray *input, GPtrArray *seeds)
{
  if (input->len == 0)
    {
      insert_word (input, 0);
      return;
    }
  gsize at = next_random (input->len);
  switch (next_random (8))
    {
    case 0:
      input->data[at] ^= (guint8)(1u << next_random (8));
      break;
    case 1:
      input->data[at] = (guint8)next_random (256);
      break;
    case 2:
      g_byte_array_set_size (input, (guint)at); /* cut short */
      break;
    case 3:
      write_extreme (input, at);
      break;
    case 4:
    case 5:
      insert_word (input, at);
      break;
    case 6:
      g_byte_array_remove_range (input, (guint)at,
                                 (guint)(1 + next_random (MIN (input->len - at, 64))));
      break;
    default:
      {
        /* A piece of another seed in place of what is here. */
        const Seed *other = g_ptr_array_index (seeds, next_random (seeds->len));
        gsize size;
        const guint8 *data = g_bytes_get_data (other->bytes, &size);
        if (size == 0)
          break;
        /* MIN evaluates what it is given twice: the random number has to be drawn before. */
        gsize from = next_random (size), wanted = 1 + next_random (64);
        gsize length = MIN (MIN (size - from, wanted), input->len - at);
        memcpy (input->data + at, data + from, length);
      }
    }
}

/* Returns how many were run: all of them unless time is up. */
static guint
run_mutations (GPtrArray *seeds, guint n)
{
  gint64 end = g_get_monotonic_time () + BUDGET_SECONDS * G_USEC_PER_SEC;
  guint i;
  for (i = 0; i < n && g_get_monotonic_time () < end; i++)
    {
      const Seed *seed = g_ptr_array_index (seeds, next_random (seeds->len));
      g_autoptr (GByteArray) input = g_byte_array_new ();
      gsize size;
      const guint8 *data = g_bytes_get_data (seed->bytes, &size);
      g_byte_array_append (input, data, (guint)MIN (size, MAX_INPUT_BYTES));
      for (guint64 k = 1 + next_random (6); k > 0; k--)
        mutate_once (input, seeds);
      run_one (input->data, input->len);
    }
  return i;
}

static void
catch_crashes (const char *program)
{
  g_autofree char *name = g_path_get_basename (program);
  g_snprintf (crash_path, sizeof crash_path, "crash-%s", name);
  signal (SIGSEGV, crash_cb);
  signal (SIGBUS, crash_cb);
  signal (SIGFPE, crash_cb);
  signal (SIGILL, crash_cb);
  signal (SIGABRT, crash_cb);
  signal (SIGTRAP, crash_cb);
  signal (SIGALRM, crash_cb);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) seeds = g_ptr_array_new_with_free_func (seed_free);
  guint n_mutations = DEFAULT_MUTATIONS;
  for (int i = 1; i < argc; i++)
    {
      if (g_str_equal (argv[i], "-n") && i + 1 < argc)
        n_mutations = (guint)g_ascii_strtoull (argv[++i], NULL, 10);
      else
        collect_seeds (seeds, argv[i]);
    }
  if (seeds->len == 0)
    {
      g_print ("Bail out! no corpus given\n");
      return 1;
    }
  /* Not the order of the folder, which differs between file systems. */
  g_ptr_array_sort (seeds, compare_seeds);
  catch_crashes (argv[0]);
  g_print ("1..%u\n", seeds->len + 1);
  for (guint i = 0; i < seeds->len; i++)
    {
      const Seed *seed = g_ptr_array_index (seeds, i);
      gsize size;
      const guint8 *data = g_bytes_get_data (seed->bytes, &size);
      run_one (data, size);
      g_print ("ok %u corpus/%s\n", i + 1, seed->name);
    }
  guint done = run_mutations (seeds, n_mutations);
  if (done < n_mutations)
    g_print ("# time was up after %u of %u mutations\n", done, n_mutations);
  g_print ("ok %u %u mutations\n", seeds->len + 1, done);
  return 0;
}
