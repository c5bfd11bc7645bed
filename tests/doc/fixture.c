/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

SemModel *
fixture_get_model (void)
{
  static SemModel *model;

  if (model == NULL)
    {
      g_autoptr (GError) error = NULL;

      model = sem_model_open (NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  return model;
}

void
fixture_settle (SemDocument *document)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  do
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
      g_assert_cmpint (g_get_monotonic_time (), <, end);
    }
  while (sem_document_is_busy (document) || g_main_context_pending (NULL));
}

SemDocument *
fixture_new_document (const char *text)
{
  SemDocument *document = sem_document_new ();

  sem_document_set_model (document, fixture_get_model ());
  g_assert_true (sem_document_set_text (document, text, -1, NULL));
  fixture_settle (document);
  g_assert_nonnull (sem_document_get_analysis (document));
  return document;
}

gsize
fixture_find (SemDocument *document, const char *label)
{
  SemUnits *units = sem_analysis_get_units (sem_document_get_analysis (document));

  for (gsize i = 0; i < sem_units_get_n (units); i++)
    if (g_str_equal (sem_units_get (units, i)->label, label))
      return i;
  g_error ("no unit '%s'", label);
}
