/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second model: analysed with the first and never apart from it, kept by errors, saved and
 * opened with the project. */
#include "doc/describe.h"
#include "doc/document-project.h"
#include "fixture.h"

#include <string.h>

#define TEXT "Earth is a planet. The sun is a star."

static void
assert_together (SemDocument *document)
{
  SemComparison *comparison = sem_document_get_comparison (document);
  const char *text = sem_encoding_get_text (
      sem_analysis_get_encoding (sem_document_get_analysis (document)), NULL);

  g_assert_nonnull (comparison);
  g_assert_true (sem_comparison_get_first (comparison) == sem_document_get_analysis (document));
  g_assert_cmpstr (sem_encoding_get_text (
                       sem_analysis_get_encoding (sem_comparison_get_second (comparison)), NULL),
                   ==, text);
}

/* The first's numbers are not made again; text and options take both along; without it all is as
 * before. */
static void
test_together (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (TEXT);
  SemAnalysis *before = sem_document_get_analysis (document);
  const gsize pair[] = { 0, 3 };
  g_autoptr (SemDescription) description = NULL;

  sem_document_set_other_model (document, fixture_get_model ());
  fixture_settle (document);
  assert_together (document);
  g_assert_true (sem_document_get_analysis (document) == before);
  g_assert_true (sem_document_set_text (document, TEXT " Mars too.", -1, NULL));
  fixture_settle (document);
  assert_together (document);
  g_object_set (document, "centered", TRUE, NULL);
  fixture_settle (document);
  assert_together (document);
  sem_document_set_selection (document, pair, 2);
  description = sem_description_new (document);
  g_assert_nonnull (strstr (description->details, " here, "));
  before = sem_document_get_analysis (document);
  sem_document_set_other_model (document, NULL);
  g_assert_null (sem_document_get_comparison (document));
  fixture_settle (document);
  g_assert_true (sem_document_get_analysis (document) == before);
  g_assert_finalize_object (g_steal_pointer (&document));
}

static void
failed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sem_document_open_other_model_finish (SEM_DOCUMENT (source), result, &error));
  g_assert_nonnull (error);
  *(gboolean *)data = TRUE;
}

/* What cannot be opened leaves the one before. */
static void
test_error (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (TEXT);
  gboolean failed = FALSE;

  sem_document_set_other_model (document, fixture_get_model ());
  fixture_settle (document);
  sem_document_open_other_model_async (document, "/nonexistent/model", NULL, failed_cb, &failed);
  while (!failed)
    g_main_context_iteration (NULL, TRUE);
  fixture_settle (document);
  g_assert_true (sem_document_get_other_model (document) == fixture_get_model ());
  assert_together (document);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *warning = NULL;
  g_autoptr (GError) error = NULL;

  *(SemProject **)data
      = sem_document_open_project_finish (SEM_DOCUMENT (source), result, &warning, &error);
  g_assert_no_error (error);
  g_assert_null (warning);
}

static void
test_project (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (TEXT);
  g_autoptr (SemDocument) again = sem_document_new ();
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "semblance-two.semblance", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemProject) saved = NULL, opened = NULL;

  sem_document_set_other_model (document, fixture_get_model ());
  fixture_settle (document);
  saved = sem_document_dup_project (document);
  g_assert_true (saved->has_other);
  g_assert_true (sem_project_save (saved, file, NULL, &error));
  g_assert_no_error (error);
  sem_document_open_project_async (again, file, NULL, opened_cb, &opened);
  while (opened == NULL)
    g_main_context_iteration (NULL, TRUE);
  assert_together (again);
  g_assert_nonnull (sem_document_get_other_model (again));
  g_assert_true (g_file_delete (file, NULL, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doc/other/together", test_together);
  g_test_add_func ("/doc/other/error", test_error);
  g_test_add_func ("/doc/other/project", test_project);
  return g_test_run ();
}
