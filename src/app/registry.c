/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages and examples, in the order in which they are shown.  The examples tell a story: vectors,
 * pieces, relations, granularity, meaning, languages, and what a number does not say. */
#include "config.h"

#include "app/registry.h"

#include "core/error.h"
#include "core/model/model.h"

#include <glib/gi18n.h>
#include <string.h>

static const SemPageInfo pages[] = {
  { "overview", N_ ("_Overview"), "sem-overview-symbolic", SEM_PICTURE_OVERVIEW },
  { "tokens", N_ ("_Tokens"), "sem-tokens-symbolic", SEM_PICTURE_TOKENS },
  { "similarity", N_ ("_Similarity"), "sem-similarity-symbolic", SEM_PICTURE_SIMILARITY },
  { "map", N_ ("_Map"), "sem-map-symbolic", SEM_PICTURE_MAP },
  { "vectors", N_ ("_Vectors"), "sem-vectors-symbolic", SEM_PICTURE_VECTORS },
};

static const SemExampleInfo examples[] = {
  { "01-solar-system", N_ ("A first look: the solar system"), SEM_UNIT_WORD },
  { "02-words-are-vectors", N_ ("Words are vectors: animals, vehicles, fruit"), SEM_UNIT_WORD },
  { "03-pieces", N_ ("Rare words are cut into pieces"), SEM_UNIT_TOKEN },
  { "04-pieces-and-words", N_ ("A word is the average of its pieces"), SEM_UNIT_WORD },
  { "05-related", N_ ("Related and unrelated words"), SEM_UNIT_WORD },
  { "06-opposites", N_ ("Opposites are similar"), SEM_UNIT_WORD },
  { "07-sentences", N_ ("Several sentences: who says the same?"), SEM_UNIT_SENTENCE },
  { "08-granularity", N_ ("Words, sentences, paragraphs: the same text three ways"),
    SEM_UNIT_SENTENCE },
  { "09-two-meanings", N_ ("One spelling, two meanings"), SEM_UNIT_WORD },
  { "10-function-words", N_ ("Function words stick together"), SEM_UNIT_WORD },
  { "11-numbers", N_ ("Digits and number words"), SEM_UNIT_TOKEN },
  { "12-languages", N_ ("Other languages, other scripts"), SEM_UNIT_TOKEN },
};

const SemPageInfo *
sem_registry_list_pages (gsize *n_pages)
{
  *n_pages = G_N_ELEMENTS (pages);
  return pages;
}

const SemPageInfo *
sem_registry_find_page (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (id, pages[i].id) == 0)
      return &pages[i];
  return NULL;
}

const SemExampleInfo *
sem_registry_list_examples (gsize *n_examples)
{
  *n_examples = G_N_ELEMENTS (examples);
  return examples;
}

const SemExampleInfo *
sem_registry_find_example (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    if (g_strcmp0 (id, examples[i].id) == 0)
      return &examples[i];
  return NULL;
}

char *
sem_registry_load_example (const SemExampleInfo *example, gsize *length, GError **error)
{
  g_autofree char *relative = g_strconcat ("examples/", example->id, ".txt", NULL);
  g_autofree char *path = sem_data_dup_path (relative);
  char *text = NULL;
  gsize n;

  if (path == NULL)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
                   "the example '%s' is not installed", relative);
      return NULL;
    }
  if (!g_file_get_contents (path, &text, &n, error))
    return NULL;
  while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\r'))
    text[--n] = '\0'; /* a text file ends its last line, a text does not */
  *length = n;
  return text;
}
