/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which word is explained, the stretch around it, and the worker. */
#include "core/error.h"
#include "doc/explained.h"
#include "fixture.h"

#include <string.h>

#define EXAMPLE "The hotdog orbits a tokenization. Sun."

static void
test_follows_focus (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  SemItem hover = SEM_ITEM_INIT;
  gsize unit;

  g_assert_cmpuint (sem_document_get_explained_byte (document), ==, 0);
  unit = fixture_find (document, "orbits");
  sem_document_set_selection (document, &unit, 1);
  g_assert_cmpuint (sem_document_get_explained_byte (document), ==, strlen ("The hotdog "));
  /* The pointer has the word while it points at something of the text. */
  hover.kind = SEM_ITEM_UNIT;
  hover.unit = fixture_find (document, "hotdog");
  sem_document_set_hover (document, &hover);
  g_assert_cmpuint (sem_document_get_explained_byte (document), ==, strlen ("The "));
  hover.kind = SEM_ITEM_TOKEN;
  hover.unit = SEM_NO_ITEM;
  hover.token = 0; /* the template's [CLS]: of no letters */
  sem_document_set_hover (document, &hover);
  g_assert_cmpuint (sem_document_get_explained_byte (document), ==, strlen ("The hotdog "));
  sem_document_clear_hover (document);
  sem_document_clear_selection (document);
  g_assert_cmpuint (sem_document_get_explained_byte (document), ==, 0);
}

static void
test_nothing (void)
{
  g_autoptr (SemDocument) empty = sem_document_new ();
  g_autoptr (SemDocument) blank = fixture_new_document ("");

  g_assert_cmpuint (sem_document_get_explained_byte (empty), ==, G_MAXSIZE);
  g_assert_cmpuint (sem_document_get_explained_byte (blank), ==, G_MAXSIZE);
}

/* Every byte of a long text is in its stretch, which is short enough and whole characters. */
static void
test_stretch (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < 3 * SEM_EXPLAIN_MAX)
    g_string_append (text, "größe 你好 ");
  while (text->len < 6 * SEM_EXPLAIN_MAX)
    g_string_append (text, "好"); /* without any blank */
  for (gsize byte = 0; byte < text->len; byte += 97)
    {
      gsize start, end;

      sem_explained_find_stretch (text->str, text->len, byte, &start, &end);
      g_assert_cmpuint (start, <=, byte);
      g_assert_cmpuint (byte, <, end);
      g_assert_cmpuint (end, <=, text->len);
      g_assert_cmpuint (end - start, <=, SEM_EXPLAIN_MAX);
      g_assert_true (byte - start > SEM_EXPLAIN_MAX / 4 || start == 0);
      if (g_utf8_validate (text->str + byte, 1, NULL) || ((guchar)text->str[byte] & 0xc0) != 0x80)
        g_assert_true (g_utf8_validate (text->str + start, (gssize)(end - start), NULL));
    }
}

static void
finish_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static SemExplained *
explain (SemDocument *document, gsize byte, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sem_document_explain_async (document, byte, cancellable, finish_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return sem_document_explain_finish (document, result, error);
}

static void
test_explains (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemExplained) explained = explain (document, 5, NULL, &error);
  const SemExplainWord *word;

  g_assert_no_error (error);
  g_assert_cmpuint (explained->start, ==, 0);
  g_assert_cmpuint (explained->end, ==, strlen (EXAMPLE));
  g_assert_cmpuint (explained->explanation->words->len, ==, 8); /* six words, two full stops */
  word = g_ptr_array_index (explained->explanation->words, 1);
  g_assert_cmpstr (word->text, ==, "hotdog");
  g_assert_nonnull (word->tries);
}

static void
test_cancelled (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (explain (document, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A long text: the words around the byte, with spans that count from the stretch's start. */
static void
test_long_text (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (SemDocument) document = NULL;
  g_autoptr (SemExplained) explained = NULL;
  g_autoptr (GError) error = NULL;
  gsize at;

  for (int i = 0; i < 4000; i++)
    g_string_append (text, "sun moon ");
  at = text->len;
  g_string_append (text, "hotdog ");
  for (int i = 0; i < 4000; i++)
    g_string_append (text, "sun moon ");
  document = fixture_new_document (text->str);
  explained = explain (document, at, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (explained->start, <, at);
  for (gsize i = 0;; i++)
    {
      const SemExplainWord *word;

      g_assert_cmpuint (i, <, explained->explanation->words->len);
      word = g_ptr_array_index (explained->explanation->words, i);
      if (strcmp (word->text, "hotdog") == 0)
        {
          g_assert_cmpuint (explained->start + word->span.start, ==, at);
          break;
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doc/explained/follows-focus", test_follows_focus);
  g_test_add_func ("/doc/explained/nothing", test_nothing);
  g_test_add_func ("/doc/explained/stretch", test_stretch);
  g_test_add_func ("/doc/explained/explains", test_explains);
  g_test_add_func ("/doc/explained/cancelled", test_cancelled);
  g_test_add_func ("/doc/explained/long-text", test_long_text);
  return g_test_run ();
}
