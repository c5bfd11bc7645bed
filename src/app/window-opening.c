/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar above the strip while a large model is read: what, how far, and Cancel.  Most models open
 * in a few milliseconds, so it is made only when one takes longer. */
#include "config.h"

#include "app/window-private.h"

#include <glib/gi18n.h>

#define DELAY_MS 500

struct _SemWindowOpening
{
  guint delay_id;
  char *name;      /* of what is being opened, or NULL */
  GtkWidget *bar;  /* borrowed: a child of the window; NULL before it was needed */
  GtkLabel *label; /* in the bar */
  GtkProgressBar *progress;
};

static SemWindowOpening *
get_opening (SemWindow *self)
{
  if (self->opening == NULL)
    self->opening = g_new0 (SemWindowOpening, 1);
  return self->opening;
}

static void
build_bar (SemWindow *self, SemWindowOpening *opening)
{
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  opening->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  opening->label = GTK_LABEL (gtk_label_new (NULL));
  opening->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_add_css_class (opening->bar, "opening-bar");
  gtk_label_set_ellipsize (opening->label, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (opening->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (opening->progress), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (opening->progress), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (opening->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Opening the model"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "win.cancel-opening");
  gtk_box_append (GTK_BOX (opening->bar), GTK_WIDGET (opening->label));
  gtk_box_append (GTK_BOX (opening->bar), GTK_WIDGET (opening->progress));
  gtk_box_append (GTK_BOX (opening->bar), cancel);
  gtk_box_insert_child_after (self->content, opening->bar, GTK_WIDGET (self->toasts));
}

static void
update_bar (SemWindow *self, SemWindowOpening *opening)
{
  double fraction = sem_document_get_progress (self->document);
  g_autofree char *text = opening->name == NULL
                              ? g_strdup (_ ("Opening…"))
                              : g_strdup_printf (_ ("Opening %s…"), opening->name);

  gtk_label_set_label (opening->label, text);
  if (fraction > 0)
    gtk_progress_bar_set_fraction (opening->progress, fraction);
  else
    gtk_progress_bar_pulse (opening->progress); /* nothing to count yet */
}

static gboolean
show_cb (gpointer data)
{
  SemWindow *self = data;

  self->opening->delay_id = 0;
  if (self->opening->bar == NULL)
    build_bar (self, self->opening);
  gtk_widget_set_visible (self->opening->bar, TRUE);
  update_bar (self, self->opening);
  return G_SOURCE_REMOVE;
}

void
sem_window_begin_opening (SemWindow *self, const char *path)
{
  SemWindowOpening *opening = get_opening (self);
  g_autofree char *base = path == NULL ? NULL : g_path_get_basename (path);

  g_free (opening->name);
  opening->name = base == NULL ? NULL : g_filename_display_name (base);
}

void
sem_window_opening_changed (SemWindow *self)
{
  gboolean loading = sem_document_get_stage (self->document) == SEM_STAGE_LOADING;
  SemWindowOpening *opening = get_opening (self);
  gboolean visible = opening->bar != NULL && gtk_widget_get_visible (opening->bar);

  if (loading && visible)
    update_bar (self, opening);
  else if (loading && opening->delay_id == 0)
    opening->delay_id = g_timeout_add (DELAY_MS, show_cb, self);
  if (loading)
    return;
  g_clear_handle_id (&opening->delay_id, g_source_remove);
  g_clear_pointer (&opening->name, g_free);
  if (opening->bar != NULL)
    gtk_widget_set_visible (opening->bar, FALSE);
}

void
sem_window_free_opening (SemWindow *self)
{
  if (self->opening == NULL)
    return;
  g_clear_handle_id (&self->opening->delay_id, g_source_remove);
  g_free (self->opening->name);
  g_clear_pointer (&self->opening, g_free);
}
