/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printing, to a file instead of paper: the page that the printer would get, by the program's own
 * callback.  No display is needed, and no printer. */
#include "app/print.h"

#include "doc/document-project.h"

#include <glib/gstdio.h>
#include <string.h>

#define TEXT "Earth is a planet of the solar system."

static SemDocument *
new_document (void)
{
  SemDocument *document = sem_document_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SemModel) model = sem_model_open (NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  sem_document_set_model (document, model);
  g_assert_true (sem_document_set_text (document, TEXT, -1, &error));
  while (sem_document_get_analysis (document) == NULL || sem_document_is_busy (document))
    g_main_context_iteration (NULL, TRUE);
  return document;
}

/* Exports the operation and gives the words of the file, page by page. */
static char *
print_words (SemDocument *document, SemPictureKind picture, gboolean is_landscape)
{
  g_autofree char *folder = g_dir_make_tmp ("semblance-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "page.pdf", NULL);
  SemExportJob *job = sem_export_job_new (document, 800, 600);
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  const char *command[] = { "pdftotext", "-enc", "UTF-8", path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *words = NULL;
  int status;

  job->figure.picture = picture;
  job->figure.provenance = TRUE;
  sem_export_job_set_texts (job, "Heading words", "Legend words");
  operation = sem_print_operation_new (job);
  if (!is_landscape)
    gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (
      gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==,
      GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &words, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_unlink (path);
  g_rmdir (folder);
  return words;
}

static void
test_words (void)
{
  static const char *const wanted[]
      = { "Heading words", "Legend words", "Semblance English", "planet" };
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autoptr (SemDocument) document = NULL;

  if (program == NULL)
    {
      g_test_skip ("pdftotext (poppler-utils) is not installed");
      return;
    }
  document = new_document ();
  for (int picture = 0; picture < SEM_N_PICTURES; picture++)
    for (int is_landscape = 0; is_landscape < 2; is_landscape++)
      {
        g_autofree char *words = print_words (document, (SemPictureKind)picture, is_landscape);

        for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
          if (strstr (words, wanted[i]) == NULL)
            {
              g_test_message ("%s: '%s' is not in its text",
                              sem_picture_kind_get_id ((SemPictureKind)picture), wanted[i]);
              g_test_fail ();
            }
        /* One page: its end is the only form feed. */
        g_assert_cmpint (words[strlen (words) - 1], ==, '\f');
        g_assert_true (strchr (words, '\f') == words + strlen (words) - 1);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/print/words", test_words);
  return g_test_run ();
}
