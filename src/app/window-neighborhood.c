/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The side pane "Neighbourhood": made when it is first wanted; told where the caret is; and words
 * from it that are added to the text. */
#include "config.h"

#include "app/window-private.h"

#include "app/widgets/neighborhood-pane.h"

#include <glib/gi18n.h>
#include <string.h>

static void
tell_caret (SemWindow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter start, caret;
  g_autofree char *before = NULL;

  if (self->neighborhood == NULL || !self->show_neighborhood)
    return;
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
  before = gtk_text_buffer_get_text (buffer, &start, &caret, TRUE);
  sem_neighborhood_pane_set_caret (SEM_NEIGHBORHOOD_PANE (self->neighborhood), strlen (before));
}

void
sem_window_update_neighborhood (SemWindow *self)
{
  if (self->neighborhood == NULL && self->show_neighborhood)
    {
      self->neighborhood = sem_neighborhood_pane_new (self->document);
      gtk_box_append (self->pages, self->neighborhood);
      g_signal_connect_object (gtk_text_view_get_buffer (self->text_view),
                               "notify::cursor-position", G_CALLBACK (tell_caret), self,
                               G_CONNECT_SWAPPED);
    }
  if (self->neighborhood == NULL)
    return;
  gtk_widget_set_visible (self->neighborhood, self->show_neighborhood);
  tell_caret (self);
}

void
sem_window_append_word (SemWindow *self, const char *word)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter end, last;
  g_autofree char *addition = NULL;
  gboolean is_apart;

  if (self->in_long_text)
    {
      sem_window_show_toast (
          self, _ ("A long text cannot be changed here: go back to the text before first"));
      return;
    }
  gtk_text_buffer_get_end_iter (buffer, &end);
  last = end;
  is_apart
      = !gtk_text_iter_backward_char (&last) || g_unichar_isspace (gtk_text_iter_get_char (&last));
  addition = g_strconcat (is_apart ? "" : " ", word, NULL);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert (buffer, &end, addition, -1);
  gtk_text_buffer_end_user_action (buffer);
}
