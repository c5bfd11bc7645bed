/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text view and the document's text, kept equal; hovered and chosen units marked in it.  Undo
 * is the document's, of text and options in one list; the buffer's own is off.
 *
 * GtkTextView lays out a paragraph as a whole, so a paste of megabytes would hang it.  Such a text
 * goes to the document whole, while the view shows its beginning, read-only, and a bar says so: the
 * program takes a text of any length. */
#include "config.h"

#include "app/window-private.h"

#include "app/theme.h"
#include "doc/selection.h"

#include <glib/gi18n.h>
#include <string.h>

/* More than this, or a paragraph longer than that, is a long text; of it the view shows so much. */
#define MAX_CHARS 60000
#define MAX_PARAGRAPH_BYTES 20000
#define EXCERPT_CHARS 3000

static GtkTextBuffer *
get_buffer (SemWindow *self)
{
  return gtk_text_view_get_buffer (self->text_view);
}

static char *
dup_buffer_text (SemWindow *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, TRUE);
}

static gboolean
has_long_paragraph (const char *text, gsize length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *line_end = memchr (text, '\n', (gsize)(end - text));

      if (line_end == NULL)
        line_end = end;
      if (line_end - text > MAX_PARAGRAPH_BYTES)
        return TRUE;
      text = line_end + 1;
    }
  return FALSE;
}

static gboolean
is_long (const char *text, gsize length)
{
  return length > MAX_CHARS || has_long_paragraph (text, length);
}

/* Tells the document; a NUL or other non-text cannot come out of a text buffer, so an error is a
 * toast. */
static void
give_document (SemWindow *self, const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;

  if (!sem_document_set_text (self->document, text, (gssize)length, &error))
    sem_window_show_error (self, _ ("This text cannot be used"), error);
  else
    sem_window_queue_save_text (self);
}

static void
buffer_changed_cb (GtkTextBuffer *buffer, SemWindow *self)
{
  g_autofree char *text = NULL;

  if (self->syncing_text || self->in_long_text || self->in_user_action)
    return;
  text = dup_buffer_text (self);
  give_document (self, text, strlen (text));
}

/* Typing over a selection takes out and puts in: one change, and one step to undo. */
static void
user_action_begins_cb (GtkTextBuffer *buffer, SemWindow *self)
{
  self->in_user_action = TRUE;
}

static void
user_action_ends_cb (GtkTextBuffer *buffer, SemWindow *self)
{
  self->in_user_action = FALSE;
  buffer_changed_cb (buffer, self);
}

/* --- long texts
 * ------------------------------------------------------------------------------------ */

static void
fill_buffer (SemWindow *self, const char *text, gsize length)
{
  self->syncing_text = TRUE;
  gtk_text_buffer_set_text (get_buffer (self), text, (int)length);
  self->syncing_text = FALSE;
}

static void
set_long_mode (SemWindow *self, gboolean on)
{
  self->in_long_text = on;
  gtk_text_view_set_editable (self->text_view, !on);
  gtk_revealer_set_reveal_child (self->long_bar, on);
}

static void
enter_long_text (SemWindow *self, const char *text, gsize length)
{
  g_autofree char *size = g_format_size (length);
  g_autofree char *label = g_strdup_printf (
      _ ("Long text (%s): its beginning is shown here, all of it is used"), size);
  const char *end = text + length;
  const char *cut = text;
  int n_chars = 0;

  if (!self->in_long_text)
    {
      g_free (self->text_before_long);
      self->text_before_long = dup_buffer_text (self);
    }
  while (cut < end && n_chars < EXCERPT_CHARS)
    {
      cut = g_utf8_next_char (cut);
      n_chars++;
    }
  set_long_mode (self, TRUE);
  fill_buffer (self, text, (gsize)(cut - text));
  gtk_label_set_label (self->long_label, label);
  give_document (self, text, length);
}

void
sem_window_leave_long_text (SemWindow *self)
{
  g_autofree char *text = g_steal_pointer (&self->text_before_long);

  if (!self->in_long_text)
    return;
  set_long_mode (self, FALSE);
  if (text == NULL)
    text = g_strdup ("");
  fill_buffer (self, text, strlen (text));
  give_document (self, text, strlen (text));
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

void
sem_window_set_text (SemWindow *self, const char *text, gsize length)
{
  if (is_long (text, length))
    {
      enter_long_text (self, text, length);
      return;
    }
  fill_buffer (self, text, length);
  set_long_mode (self, FALSE);
  give_document (self, text, length);
}

/* Only what differs, so that the view need not scroll. */
static void
edit_buffer (SemWindow *self, const char *text, gsize length)
{
  g_autofree char *old = dup_buffer_text (self);
  const gsize n_old = strlen (old);
  SemTextOverlap overlap;
  GtkTextIter start, end;
  int offset;

  sem_text_overlap (old, n_old, text, length, &overlap);
  offset = (int)g_utf8_pointer_to_offset (old, old + overlap.prefix);
  self->syncing_text = TRUE;
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &start, offset);
  gtk_text_buffer_get_iter_at_offset (
      get_buffer (self), &end,
      offset + (int)g_utf8_pointer_to_offset (old + overlap.prefix, old + n_old - overlap.suffix));
  gtk_text_buffer_delete (get_buffer (self), &start, &end);
  gtk_text_buffer_insert (get_buffer (self), &start, text + overlap.prefix,
                          (int)(length - overlap.prefix - overlap.suffix));
  self->syncing_text = FALSE;
}

void
sem_window_follow_text (SemWindow *self, gsize caret)
{
  gsize length;
  const char *text = sem_document_get_text (self->document, &length);
  GtkTextIter iter;

  sem_window_queue_save_text (self);
  if (self->in_long_text || is_long (text, length))
    {
      g_autofree char *copy = g_strndup (text, length);

      sem_window_set_text (self, copy, length);
      return;
    }
  edit_buffer (self, text, length);
  gtk_text_buffer_get_iter_at_offset (
      get_buffer (self), &iter, (int)g_utf8_pointer_to_offset (text, text + MIN (caret, length)));
  gtk_text_buffer_place_cursor (get_buffer (self), &iter);
  gtk_text_view_scroll_mark_onscreen (self->text_view,
                                      gtk_text_buffer_get_insert (get_buffer (self)));
}

typedef struct
{
  SemWindow *window;
  char *text;
  gsize length;
} LongPaste;

static gboolean
long_paste_cb (gpointer data)
{
  LongPaste *paste = data;

  enter_long_text (paste->window, paste->text, paste->length);
  g_object_unref (paste->window);
  g_free (paste->text);
  g_free (paste);
  return G_SOURCE_REMOVE;
}

/* Before the buffer takes it: paste, drop, and what assistive technology inserts all come through
 * here. */
static void
insert_text_cb (GtkTextBuffer *buffer,
                GtkTextIter *location,
                const char *text,
                int length,
                SemWindow *self)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GtkTextIter start, end;
  LongPaste *paste;
  gsize n_before, n_after, n = length < 0 ? strlen (text) : (gsize)length;

  if (self->syncing_text || self->in_long_text
      || (!has_long_paragraph (text, n)
          && n + (gsize)gtk_text_buffer_get_char_count (buffer) <= MAX_CHARS))
    return;
  g_signal_stop_emission_by_name (buffer, "insert-text");
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  before = gtk_text_buffer_get_text (buffer, &start, location, TRUE);
  after = gtk_text_buffer_get_text (buffer, location, &end, TRUE);
  n_before = strlen (before);
  n_after = strlen (after);
  paste = g_new0 (LongPaste, 1);
  paste->window = g_object_ref (self);
  paste->length = n_before + n + n_after;
  paste->text = g_malloc (paste->length + 1);
  memcpy (paste->text, before, n_before);
  memcpy (paste->text + n_before, text, n);
  memcpy (paste->text + n_before + n, after, n_after + 1);
  g_idle_add (long_paste_cb, paste);
}

/* --- marks
 * ----------------------------------------------------------------------------------------- */

static void
mark_bytes (SemWindow *self, const char *tag, gsize start_byte, gsize end_byte)
{
  gsize length;
  const char *text = sem_document_get_text (self->document, &length);
  GtkTextIter start, end;
  glong first;

  if (start_byte >= end_byte || end_byte > length)
    return;
  first = g_utf8_pointer_to_offset (text, text + start_byte);
  if (first > gtk_text_buffer_get_char_count (get_buffer (self)))
    return; /* behind the excerpt */
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &start, (int)first);
  gtk_text_buffer_get_iter_at_offset (
      get_buffer (self), &end,
      (int)(first + g_utf8_pointer_to_offset (text + start_byte, text + end_byte)));
  gtk_text_buffer_apply_tag_by_name (get_buffer (self), tag, &start, &end);
  self->has_marks = TRUE;
}

static void
mark_unit (SemWindow *self, const char *tag, gsize unit)
{
  SemAnalysis *analysis = sem_document_get_analysis (self->document);
  const SemUnit *info;

  if (unit >= sem_analysis_get_n (analysis))
    return;
  info = sem_units_get (sem_analysis_get_units (analysis), unit);
  mark_bytes (self, tag, info->start, info->end);
}

static void
mark_token (SemWindow *self, const char *tag, SemAnalysis *analysis, gsize token)
{
  gsize n_tokens;
  const SemToken *tokens
      = sem_encoding_get_tokens (sem_analysis_get_encoding (analysis), &n_tokens);

  if (token < n_tokens && !(tokens[token].flags & SEM_TOKEN_TEMPLATE))
    mark_bytes (self, tag, tokens[token].start, tokens[token].end);
}

static void
update_tag_colors (SemWindow *self)
{
  const SemTheme *theme = sem_app_get_theme ();
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (get_buffer (self));
  GdkRGBA selected = sem_app_rgba (theme->accent_fill);
  GdkRGBA hover
      = sem_app_rgba (sem_rgba_with_alpha (theme->accent_fill, theme->accent_fill.a * 0.6));

  g_object_set (gtk_text_tag_table_lookup (table, "selected"), "background-rgba", &selected, NULL);
  g_object_set (gtk_text_tag_table_lookup (table, "hover"), "background-rgba", &hover, NULL);
}

static void
update_marks (SemWindow *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start, end;
  SemComparison *comparison = sem_document_get_comparison (self->document);
  SemFocus focus;

  if (self->has_marks)
    {
      gtk_text_buffer_get_bounds (buffer, &start, &end);
      gtk_text_buffer_remove_all_tags (buffer, &start, &end);
      self->has_marks = FALSE;
    }
  if (sem_document_get_analysis (self->document) == NULL)
    return;
  sem_document_get_focus (self->document, &focus);
  for (gsize i = 0; i < focus.n_selected; i++)
    mark_unit (self, "selected", focus.selected[i]);
  if (focus.hover.kind == SEM_ITEM_TOKEN)
    mark_token (self, "hover", sem_document_get_analysis (self->document), focus.hover.token);
  else if (focus.hover.kind == SEM_ITEM_OTHER_TOKEN && comparison != NULL)
    mark_token (self, "hover", sem_comparison_get_second (comparison), focus.hover.token);
  else if (focus.hover.kind != SEM_ITEM_NONE)
    mark_unit (self, "hover", focus.hover.unit);
  if (focus.hover.kind == SEM_ITEM_PAIR)
    mark_unit (self, "hover", focus.hover.other);
}

void
sem_window_text_changed (SemWindow *self, guint flags)
{
  /* While an analysis is under way the units are those of an older text; the tags move along with
   * the letters. */
  if (!(flags & (SEM_CHANGED_ANALYSIS | SEM_CHANGED_HOVER | SEM_CHANGED_SELECTION))
      || sem_document_is_busy (self->document))
    return;
  update_tag_colors (self);
  update_marks (self);
}

/* --- pointing at the text
 * -------------------------------------------------------------------------- */

static void
text_motion_cb (GtkEventControllerMotion *controller, double x, double y, SemWindow *self)
{
  SemAnalysis *analysis = sem_document_get_analysis (self->document);
  SemItem item = SEM_ITEM_INIT;
  GtkTextIter iter;
  int buffer_x, buffer_y;

  if (analysis == NULL || sem_document_is_busy (self->document)
      || (x == self->pointer_x && y == self->pointer_y))
    return;
  self->pointer_x = x;
  self->pointer_y = y;
  gtk_text_view_window_to_buffer_coords (self->text_view, GTK_TEXT_WINDOW_WIDGET, (int)x, (int)y,
                                         &buffer_x, &buffer_y);
  if (gtk_text_view_get_iter_at_location (self->text_view, &iter, buffer_x, buffer_y))
    {
      const char *text = sem_document_get_text (self->document, NULL);
      const char *p = g_utf8_offset_to_pointer (text, gtk_text_iter_get_offset (&iter));
      gsize unit = sem_units_find_byte (sem_analysis_get_units (analysis), (gsize)(p - text));

      if (unit < sem_analysis_get_n (analysis))
        {
          item.kind = SEM_ITEM_UNIT;
          item.unit = unit;
        }
    }
  sem_document_set_hover (self->document, &item);
}

static void
text_leave_cb (GtkEventControllerMotion *controller, SemWindow *self)
{
  sem_document_clear_hover (self->document);
}

void
sem_window_init_text (SemWindow *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_text_buffer_create_tag (buffer, "selected", NULL);
  gtk_text_buffer_create_tag (buffer, "hover", NULL);
  update_tag_colors (self);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (buffer_changed_cb), self, 0);
  g_signal_connect_object (buffer, "begin-user-action", G_CALLBACK (user_action_begins_cb), self,
                           0);
  g_signal_connect_object (buffer, "end-user-action", G_CALLBACK (user_action_ends_cb), self, 0);
  g_signal_connect_object (buffer, "insert-text", G_CALLBACK (insert_text_cb), self, 0);
  g_signal_connect_object (motion, "motion", G_CALLBACK (text_motion_cb), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (text_leave_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->text_view), motion);
}
